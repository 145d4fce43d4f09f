-- Documents by id or name, with the number of records that each holds.
select d.document_id, d.name, count(distinct e.own_record_id) as records
from documents as d
left join evidence as e using (document_id)
where list_contains($names, d.document_id) or list_contains($names, d.name)
group by all
