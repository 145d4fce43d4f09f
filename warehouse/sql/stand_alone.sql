-- The records of the documents in the temporary table added(document_id, name) stand for themselves until they are settled.
create or replace temporary table record as
select record_type, record_id, document_id
from (
    select 'actor' as record_type, record_id, document_id from store.actor
    union all
    select 'agreement', record_id, document_id from store.agreement
    union all
    select 'funding', record_id, document_id from store.funding
    union all
    select 'commitment', record_id, document_id from store.commitment
)
where document_id in (select document_id from added);

insert into store.resolution
select record_id, record_id, 'self', 1.0
from record
where record_id not in (select record_id from store.resolution);
