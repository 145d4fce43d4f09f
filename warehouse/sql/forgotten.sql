-- The documents, loaded or refused, that $document names by id or by file name; refused ones may have no id.
select document_id, name from store.document where $document in (document_id, name)
union
select document_id, name from store.quarantine where $document = document_id or $document = name
