-- What the files in the temporary table found(document_id, name) hold now; name is the path. A file that was read and
-- of which all was refused keeps what it held before, until it can be read again.
create or replace temporary table dropped as
select path, document_id
from store.held
where path in (select name from found)
    and not (
        document_id in (select document_id from store.document)
        and path not in (select name from found where document_id in (select document_id from store.document))
    );
delete from store.held where (path, document_id) in (select (path, document_id) from dropped);
insert into store.held
select distinct name, document_id from found where (name, document_id) not in (select (path, document_id) from store.held);
