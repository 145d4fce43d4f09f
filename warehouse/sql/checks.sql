-- What must hold before a load is committed. One row a broken promise: table, promise, how many rows break it.
with record as (
    select 'actor' as record_type, record_id, document_id from store.actor
    union all
    select 'agreement', record_id, document_id from store.agreement
    union all
    select 'funding', record_id, document_id from store.funding
    union all
    select 'commitment', record_id, document_id from store.commitment
),
broken as (
    select 'document' as name, 'unique document_id' as promise, count(*) - count(distinct document_id) as times
    from store.document
    union all
    select 'record', 'unique record_id', count(*) - count(distinct record_id) from record
    union all
    select 'record', 'document_id in document', count(*)
    from record anti join store.document using (document_id)
    union all
    select 'record', 'has evidence', count(*)
    from record anti join store.evidence using (record_id, document_id)
    union all
    select 'evidence', 'record_id in its table', count(*)
    from store.evidence anti join record using (record_type, record_id, document_id)
    union all
    select 'party', 'record_id in its table', count(*) from store.party anti join record using (record_id)
    union all
    select 'party', 'actor_record_id in actor', count(*)
    from (select actor_record_id as record_id from store.party where actor_record_id is not null)
    anti join store.actor using (record_id)
    union all
    select 'funding', 'agreement_record_id in agreement', count(*)
    from (select agreement_record_id as record_id from store.funding where agreement_record_id is not null)
    anti join store.agreement using (record_id)
    union all
    select 'resolution', 'one a record', count(*) - count(distinct record_id) from store.resolution
    union all
    select 'resolution', 'every record resolved', count(*) from record anti join store.resolution using (record_id)
    union all
    select 'resolution', 'canonical_id stands for itself', count(*)
    from store.resolution as r
    join store.resolution as c on c.record_id = r.canonical_id
    where c.canonical_id <> c.record_id
)
select name, promise, times from broken where times > 0 order by name, promise
