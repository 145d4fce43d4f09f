-- Make room for the ties in the temporary table telling, for all that concerns the documents in fresh, and for what is
-- known of the twins in parted; whoever loses or gains a tie is to be settled. Then the signs that are common.
insert into store.touched
select record_id from store.tie where node in (select node from cut)
union
select record_id from telling where node like 'twin\_%' escape '\';
delete from store.tie where node in (select node from cut);
delete from store.tie where record_id in (
    select record_id from store.member where document_id in (select document_id from fresh)
);
delete from store.tie where exists (
    select 1 from telling where telling.record_id = tie.record_id and telling.node = tie.node
);
insert into store.tie from telling;
delete from store.member where document_id in (select document_id from fresh);
delete from store.tied where document_id in (select document_id from fresh);
delete from store.twin where exists (
    select 1 from parted where parted.left_id = twin.left_id and parted.right_id = twin.right_id
);
delete from store.common where sign in (select sign from turned_telling);
insert into store.common from turned_common;
delete from store.stirred
