-- The promises of checks.sql, for the documents in the temporary table added(document_id, name) and their records in the
-- temporary table record, where nothing else was changed: those of the other rows can't break, so of these only the ids
-- are looked at. One row a broken promise.
with same as materialized (
    select record_id from store.actor where record_id in (select record_id from record)
    union all
    select record_id from store.agreement where record_id in (select record_id from record)
    union all
    select record_id from store.funding where record_id in (select record_id from record)
    union all
    select record_id from store.commitment where record_id in (select record_id from record)
),
evidence as materialized (
    select record_type, record_id, document_id from store.evidence where document_id in (select document_id from added)
),
party as materialized (
    select record_id, actor_record_id from store.party where document_id in (select document_id from added)
),
resolved as materialized (
    select record_id, canonical_id from store.resolution where record_id in (select record_id from record)
),
broken as (
    select 'document' as name, 'unique document_id' as promise, count(*) - count(distinct document_id) as times
    from store.document
    where document_id in (select document_id from added)
    union all
    select 'record', 'unique record_id', count(*) - count(distinct record_id) from same
    union all
    select 'record', 'document_id in document', count(*)
    from record anti join store.document using (document_id)
    union all
    select 'record', 'has evidence', count(*) from record anti join evidence using (record_id, document_id)
    union all
    select 'evidence', 'record_id in its table', count(*)
    from evidence anti join record using (record_type, record_id, document_id)
    union all
    select 'party', 'record_id in its table', count(*) from party anti join record using (record_id)
    union all
    select 'party', 'actor_record_id in actor', count(*)
    from (select actor_record_id as record_id from party where actor_record_id is not null)
    anti join store.actor using (record_id)
    union all
    select 'funding', 'agreement_record_id in agreement', count(*)
    from (
        select agreement_record_id as record_id
        from store.funding
        where agreement_record_id is not null and document_id in (select document_id from added)
    )
    anti join store.agreement using (record_id)
    union all
    select 'resolution', 'one a record', count(*) - count(distinct record_id) from resolved
    union all
    select 'resolution', 'every record resolved', count(*) from record anti join resolved using (record_id)
    union all
    select 'resolution', 'canonical_id stands for itself', count(*)
    from resolved as r
    join store.resolution as c on c.record_id = r.canonical_id
    where r.canonical_id <> r.record_id and c.canonical_id <> c.record_id
)
select name, promise, times from broken where times > 0 order by name, promise
