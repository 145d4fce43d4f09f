-- Remove every trace of the documents in the temporary table leaving(document_id, name).
delete from store.resolution where record_id in (
    select record_id from store.evidence where document_id in (select document_id from leaving)
);
delete from store.evidence where document_id in (select document_id from leaving);
delete from store.party where document_id in (select document_id from leaving);
delete from store.actor where document_id in (select document_id from leaving);
delete from store.agreement where document_id in (select document_id from leaving);
delete from store.funding where document_id in (select document_id from leaving);
delete from store.commitment where document_id in (select document_id from leaving);
delete from store.document where document_id in (select document_id from leaving);
