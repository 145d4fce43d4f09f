-- After delete_document: what else speaks of the documents in the temporary table leaving(document_id, name).
delete from store.quarantine
where document_id in (select document_id from leaving)
    or (document_id is null and name in (select name from leaving));
delete from store.file
where sha256[:16] in (select document_id from leaving)
    or path in (select path from store.held where document_id in (select document_id from leaving));
delete from store.held where document_id in (select document_id from leaving);
delete from store.touched where record_id not in (select record_id from store.evidence);
