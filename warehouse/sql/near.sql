-- Records that wait to be settled and are joined to none yet.
create or replace temporary table fresh_records as
select distinct t.record_id
from store.touched as t
join store.resolution as r using (record_id)
where r.canonical_id = r.record_id and not exists (
    select 1 from store.resolution as o where o.canonical_id = r.record_id and o.record_id <> r.record_id
);

-- The clusters that each of their nodes leads to, and whether the node's only holder there does not stand for its cluster.
create or replace temporary table near as
select
    own.record_id, own.node, own.rule, own.score, r.canonical_id,
    count(r.record_id) = 1 and bool_or(r.record_id <> r.canonical_id) as wakes
from fresh_records
join store.tie as own using (record_id)
left join store.tie as other on other.node = own.node and other.record_id not in (select record_id from fresh_records)
left join store.resolution as r on r.record_id = other.record_id
group by all;

-- Clusters that a node leads out of (a tie was refused there), or that a judgement speaks of, are settled whole; so are
-- those whose members bind different states.
create or replace temporary table torn as
with inside as (
    select distinct r.canonical_id, t.node
    from store.resolution as r
    join store.tie as t using (record_id)
    where r.canonical_id in (select canonical_id from near)
),
outside as (
    select i.canonical_id
    from inside as i
    join store.tie as t using (node)
    join store.resolution as r using (record_id)
    where r.canonical_id <> i.canonical_id and t.record_id not in (select record_id from fresh_records)
)
select canonical_id from outside
union
-- members that bind different states
select r.canonical_id
from store.resolution as r
join store.member as m using (record_id)
where r.canonical_id in (select canonical_id from near) and len(m.states) > 0
group by r.canonical_id
having count(distinct m.states) > 1
union
select r.canonical_id
from store.resolution as r
where r.record_id in (select left_id from store.judgement union all select right_id from store.judgement);

create or replace temporary table standing as
select m.record_id as canonical_id, m.document_id, d.published_on, n.entry, s.states
from store.member as m
join store.document as d using (document_id)
left join (
    select r.canonical_id, min(t.node) as entry
    from store.resolution as r
    join store.tie as t using (record_id)
    where r.canonical_id in (select canonical_id from near)
        and (t.node like 'actor register %' or t.node like 'agreement register %')
    group by r.canonical_id
) as n on n.canonical_id = m.record_id
left join (
    select r.canonical_id, any_value(m.states) as states
    from store.resolution as r
    join store.member as m using (record_id)
    where r.canonical_id in (select canonical_id from near) and len(m.states) > 0
    group by r.canonical_id
) as s on s.canonical_id = m.record_id
where m.record_id in (select canonical_id from near)
