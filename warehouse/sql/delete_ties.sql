-- Make room for the ties in the temporary table telling, and for all that concerns the documents in fresh.
delete from store.tie where record_id in (
    select record_id from store.member where document_id in (select document_id from fresh)
);
delete from store.tie where exists (
    select 1 from telling where telling.record_id = tie.record_id and telling.node = tie.node
);
delete from store.member where document_id in (select document_id from fresh);
delete from store.tied where document_id in (select document_id from fresh);
