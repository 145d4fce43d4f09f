-- Of what the temporary table dropped(path, document_id) lists, leaving is what no file holds any more.
create or replace temporary table leaving as
select distinct d.document_id, coalesce(s.name, '') as name
from dropped as d
left join store.document as s using (document_id)
where d.document_id not in (select document_id from store.held);
