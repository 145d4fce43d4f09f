create or replace view runs as
select
    run_id, started_at, ended_at, status, documents_seen, documents_loaded, records_loaded, records_quarantined,
    version, stages
from store.run;

comment on view runs is 'One row a pass over an inbox.';
comment on column runs.run_id is 'The run''s id.';
comment on column runs.started_at is 'When it started, UTC.';
comment on column runs.ended_at is 'When it ended, UTC; null while it runs, or when it was cut off.';
comment on column runs.status is 'running, completed or failed.';
comment on column runs.documents_seen is 'Documents found in the inbox.';
comment on column runs.documents_loaded is 'Documents loaded, new or changed.';
comment on column runs.records_loaded is 'Records loaded.';
comment on column runs.records_quarantined is 'Documents and records set aside (see quarantine).';
comment on column runs.version is 'Version of Pledgebook.';
comment on column runs.stages is 'Seconds that each stage took.';
