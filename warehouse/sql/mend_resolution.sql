-- Leave one resolution a record, and no cluster without the record that stands for it.
create or replace temporary table record as
select r.record_id, d.published_on, d.document_id
from (
    select record_id, document_id from store.actor
    union all
    select record_id, document_id from store.agreement
    union all
    select record_id, document_id from store.funding
    union all
    select record_id, document_id from store.commitment
) as r
join store.document as d using (document_id);

delete from store.resolution where record_id not in (select record_id from record);

insert into store.resolution
select record_id, record_id, 'self', 1.0
from record
where record_id not in (select record_id from store.resolution);

-- A cluster whose first record is gone is stood for by the next, in the order that extract.resolve uses.
create or replace temporary table heir as
select r.canonical_id, first(r.record_id order by d.published_on nulls last, d.document_id, d.record_id) as record_id
from store.resolution as r
join record as d using (record_id)
where r.canonical_id not in (select record_id from record)
group by r.canonical_id;

update store.resolution
set canonical_id = heir.record_id,
    rule = case when resolution.record_id = heir.record_id then 'self' else rule end,
    score = case when resolution.record_id = heir.record_id then 1.0 else score end
from heir
where resolution.canonical_id = heir.canonical_id;

drop table heir;
drop table record;
