-- Remove every trace of the documents in the temporary table leaving(document_id, name).
-- What was one with them may fall apart without them.
insert into store.touched
select record_id
from store.resolution
where canonical_id in (
    select r.canonical_id
    from store.resolution as r
    join store.evidence as e using (record_id)
    where e.document_id in (select document_id from leaving)
);
delete from store.tie where record_id in (
    select record_id from store.member where document_id in (select document_id from leaving)
);
delete from store.member where document_id in (select document_id from leaving);
insert into store.stirred select sign from store.sign where document_id in (select document_id from leaving);
delete from store.sign where document_id in (select document_id from leaving);
delete from store.twin where left_id in (select document_id from leaving) or right_id in (select document_id from leaving);
delete from store.tied where document_id in (select document_id from leaving);
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
