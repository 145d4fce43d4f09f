select 'documents' as name, count(*) as number from documents
union all select 'actors', count(*) from actors
union all select 'agreements', count(*) from agreements
union all select 'funding', count(*) from funding
union all select 'commitments', count(*) from commitments
union all select 'evidence', count(*) from evidence
union all select 'quarantine', count(*) from quarantine where dismissed_at is null
