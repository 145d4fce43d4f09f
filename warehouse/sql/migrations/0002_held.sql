-- Which documents each file held when it was last read (an archive or a letter holds several), so that those of its
-- older content can go when it changed; and a count of changes, by which a published file is told from a newer one.
alter table store.version add column edition bigint default 0;

create table store.held (
    path varchar not null,       -- of the file, as in store.file
    document_id varchar not null -- read from it, or refused
);

insert into store.held
select f.path, d.document_id
from store.file as f
join store.document as d
    -- a file inside another is named INBOX/FILE!/INSIDE, from the folder where the run was started
    on d.sha256 = f.sha256 or (contains(d.uri, '!/') and ends_with('/' || f.path, '/' || ltrim(split_part(d.uri, '!/', 1), '/')))
union
select f.path, q.document_id
from store.file as f
join store.quarantine as q on q.document_id = f.sha256[:16];
