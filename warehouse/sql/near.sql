-- Records that wait to be settled and are joined to none yet.
create or replace temporary table fresh_records as
select distinct t.record_id
from store.touched as t
join store.resolution as r using (record_id)
where r.canonical_id = r.record_id and not exists (
    select 1 from store.resolution as o where o.canonical_id = r.record_id and o.record_id <> r.record_id
);

-- Their ties, and the records that were there in the clusters that the nodes lead to.
create or replace temporary table own as
select * from store.tie where record_id in (select record_id from fresh_records);

create or replace temporary table inside as
select record_id, canonical_id
from store.resolution
where canonical_id in (
    select r.canonical_id
    from store.tie as t
    join store.resolution as r using (record_id)
    where t.node in (select node from own) and t.record_id not in (select record_id from fresh_records)
);

-- Every node of those clusters: who holds it in which cluster, also in clusters beyond.
create or replace temporary table holding as
select t.node, r.canonical_id, count(*) as holders, bool_or(r.record_id = r.canonical_id) as by_first
from store.tie as t
join store.resolution as r using (record_id)
where t.node in (select node from store.tie where record_id in (select record_id from inside))
    and t.record_id not in (select record_id from fresh_records)
group by t.node, r.canonical_id;

-- Where each tie leads to, and whether the node's only holder there does not stand for its cluster.
create or replace temporary table near as
select
    own.record_id, own.node, own.rule, own.score, h.canonical_id,
    coalesce(h.holders = 1 and not h.by_first, false) as wakes
from own
left join holding as h using (node);

-- Clusters that a node leads out of (a tie was refused there), or that a judgement speaks of, are settled whole; so are
-- those whose members bind different states.
create or replace temporary table torn as
select h.canonical_id
from holding as h
where h.node in (select node from holding group by node having count(*) > 1)
union
-- members that bind different states
select i.canonical_id
from inside as i
join store.member as m using (record_id)
where len(m.states) > 0
group by i.canonical_id
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
    select canonical_id, min(node) as entry
    from holding
    where node like 'actor register %' or node like 'agreement register %'
    group by canonical_id
) as n on n.canonical_id = m.record_id
left join (
    select i.canonical_id, any_value(m.states) as states
    from inside as i
    join store.member as m using (record_id)
    where len(m.states) > 0
    group by i.canonical_id
) as s on s.canonical_id = m.record_id
where m.record_id in (select canonical_id from inside);

-- The ties of the records that stand for those clusters, and whether others there hold the node as well.
create or replace temporary table holds as
select t.record_id, t.node, t.rule, t.score, h.holders > 1 as shared
from store.tie as t
join holding as h on h.node = t.node and h.canonical_id = t.record_id
where t.record_id in (select canonical_id from standing)
