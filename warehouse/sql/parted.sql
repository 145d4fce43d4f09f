-- Known twins that are to be looked at anew (one of them is in compared), and those that share too few telling signs now
-- that some turned common.
create or replace temporary table parted as
with suspect as (
    select t.left_id, t.right_id
    from store.twin as t
    join store.sign as a on a.document_id = t.left_id
    join store.sign as b on b.document_id = t.right_id and b.sign = a.sign
    where a.sign in (select sign from turned_common)
    group by t.left_id, t.right_id
),
held as (
    select sign, count(*) as holders
    from store.sign
    where sign in (select sign from store.sign where document_id in (select left_id from suspect))
    group by sign
),
still as (
    select s.left_id, s.right_id
    from suspect as s
    join store.sign as a on a.document_id = s.left_id
    join store.sign as b on b.document_id = s.right_id and b.sign = a.sign
    join held on held.sign = a.sign
    where held.holders <= getvariable('common')
    group by s.left_id, s.right_id
    having count(*) >= getvariable('enough') or bool_or(regexp_matches(a.sign, '^(family|day): '))
)
select left_id, right_id from store.twin
where left_id in (select document_id from compared) or right_id in (select document_id from compared)
union
(from suspect except from still);

-- The nodes that tie a record of one to a record of the other.
create or replace temporary table cut as
select t.node
from parted as p
join store.member as m on m.document_id = p.left_id
join store.tie as t using (record_id)
where t.node like 'twin\_%' escape '\'
intersect
select t.node
from parted as p
join store.member as m on m.document_id = p.right_id
join store.tie as t using (record_id)
where t.node like 'twin\_%' escape '\'
