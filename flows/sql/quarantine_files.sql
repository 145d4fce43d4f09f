-- Where the documents of refused items lie. A file inside another is named INBOX/FILE!/INSIDE: the file is meant.
with item as (
    select q.quarantine_id, q.document_id, split_part(coalesce(d.uri, q.payload->>'path'), '!/', 1) as uri
    from quarantine as q
    left join store.document as d using (document_id)
    where list_contains($ids, q.quarantine_id)
)
select quarantine_id, uri as path, null as sha256 from item where uri is not null
union
select i.quarantine_id, f.path, f.sha256
from item as i
join store.file as f on f.sha256[:16] = i.document_id or f.path = i.uri or ends_with(f.path, '/' || i.uri)
order by all
