select document_id, name from documents
union
select document_id, name from quarantine where document_id is not null
