-- What a run says of itself beyond its counts, and what people decided to leave in quarantine.
alter table store.run add column if not exists inbox varchar;      -- folder, as an absolute path
alter table store.run add column if not exists versions json;      -- of program, DuckDB, Python; the engine's fingerprint
alter table store.run add column if not exists warnings varchar[]; -- sources that fell below what is expected of them
alter table store.run add column if not exists error varchar;      -- what ended a run that did not complete

-- The subject is made of what was refused, not of the engine that refused it, so that the decision holds as long as
-- the content does (see view_quarantine.sql).
create table if not exists store.dismissal (
    subject varchar not null,
    because varchar not null,
    dismissed_at timestamp not null
);
