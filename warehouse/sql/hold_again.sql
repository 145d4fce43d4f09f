-- Files in the temporary table seen (path, size, mtime_ns, sha256) with other content than before (those in unchanged
-- have the same) hold what another file with that content holds, or the document of it; those in away (name is the
-- path) hold nothing any more.
create or replace temporary table holding as
with other as (
    select path, sha256 from seen where path not in (select path from unchanged)
)
select other.path, h.document_id
from other
join store.file as f on f.sha256 = other.sha256 and f.path not in (select path from other)
join store.held as h on h.path = f.path
union
select other.path, d.document_id
from other
join store.document as d using (sha256);

create or replace temporary table dropped as
select path, document_id
from store.held
where path in (select name from away)
    or path in (select path from holding) and (path, document_id) not in (select (path, document_id) from holding);
delete from store.held where (path, document_id) in (select (path, document_id) from dropped);
insert into store.held select path, document_id from holding where (path, document_id) not in (select (path, document_id) from store.held);
delete from store.file where path in (select name from away);
