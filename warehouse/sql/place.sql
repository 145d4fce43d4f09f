-- From places (where settling put the leaders, in the temporary table placed) to canonical ids: who follows a leader goes
-- where it goes, and the record of the earliest document stands for all. Only what differs is written.
create or replace temporary table moved as
with settled as (
    select a.record_id, a.document_id, a.published_on, p.cluster, p.rule, p.score
    from placed as p
    join alike as a on a.leader = p.record_id
),
standing as (
    select cluster, first(record_id order by published_on nulls last, document_id, record_id) as canonical_id
    from settled
    group by cluster
)
select
    record_id, canonical_id,
    case when record_id = canonical_id then 'self' else rule end as rule,
    case when record_id = canonical_id then 1.0 else score end as score
from settled
join standing using (cluster)
except
from store.resolution;

delete from store.resolution where record_id in (select record_id from moved);
insert into store.resolution by name from moved
