-- Actors in the temporary table reached that are tied just alike, the surest of their ties a sure one: nothing can part
-- them, so one of them leads the others. All other records lead themselves. (Agreements bind states and may be parted;
-- what people said of one record is not said of the others.)
create or replace temporary table bound as
select record_id, string_agg(concat_ws(chr(31), node, rule, score), chr(30) order by node, rule) as ties
from store.tie
where record_id in (select record_id from reached)
group by record_id
having max(score) >= getvariable('sure');

create or replace temporary table leaders as
select b.ties, min(b.record_id) as leader
from bound as b
where b.record_id in (select record_id from store.actor)
    and b.record_id not in (select left_id from judged union all select right_id from judged)
group by b.ties;

create or replace temporary table following as
select b.record_id, l.leader
from bound as b
join leaders as l using (ties)
where b.record_id in (select record_id from store.actor)
    and b.record_id not in (select left_id from judged union all select right_id from judged);

create or replace temporary table alike as
select m.record_id, coalesce(f.leader, m.record_id) as leader, m.document_id, d.published_on, m.states
from store.member as m
join store.document as d using (document_id)
left join following as f using (record_id)
where m.record_id in (select record_id from reached)
