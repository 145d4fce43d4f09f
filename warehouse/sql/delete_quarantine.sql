-- Forget old refusals of what the temporary table retried(document_id, name) lists: it was tried again.
-- A file that could not be read at all has a name and no id.
delete from store.quarantine
where document_id in (select document_id from retried)
    or (document_id is null and name in (select name from retried));
