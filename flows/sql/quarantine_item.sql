-- One item, with the text of its document: as it was loaded, or as it stands in the refusal of the document itself.
select q.*, coalesce(d.text, r.payload->>'text') as text, coalesce(d.uri, q.payload->>'path') as uri
from quarantine as q
left join documents as d using (document_id)
left join (
    select document_id, first(payload) as payload
    from quarantine
    where (payload->>'record_type') = 'document'
    group by document_id
) as r using (document_id)
where q.quarantine_id = $id
