-- What must hold before a settling is committed. One row a broken promise, as in checks.sql.
with broken as (
    select 'resolution' as name, 'one a record' as promise, count(*) - count(distinct record_id) as times
    from store.resolution
    union all
    select 'resolution', 'canonical_id stands for itself', count(*)
    from store.resolution
    where canonical_id not in (select record_id from store.resolution where record_id = canonical_id)
    union all
    select 'resolution', 'every member resolved', count(*)
    from store.member
    where record_id not in (select record_id from store.resolution)
)
select name, promise, times from broken where times > 0 order by name, promise
