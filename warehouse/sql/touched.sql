-- Records that share a node, or a judgement that they are the same, with a record in the temporary table reached.
insert into reached
select record_id
from (
    select other.record_id
    from newly
    join store.tie as own using (record_id)
    join store.tie as other using (node)
    union
    select case when j.left_id = newly.record_id then j.right_id else j.left_id end
    from newly
    join judged as j on newly.record_id in (j.left_id, j.right_id)
)
where record_id not in (select record_id from reached)
