-- Records that share a node, or a judgement that they are the same, with a record in the temporary table newly. By way of
-- the nodes, each once: a pair of records for every two that speak of Canada would be millions.
insert into reached
select record_id
from (
    select record_id
    from store.tie
    where node in (select t.node from store.tie as t where t.record_id in (select record_id from newly))
    union
    select case when j.left_id = newly.record_id then j.right_id else j.left_id end
    from newly
    join judged as j on newly.record_id in (j.left_id, j.right_id)
)
where record_id not in (select record_id from reached)
