create or replace view runs as
select
    run_id, started_at, ended_at, status, documents_seen, documents_loaded, records_loaded, records_quarantined,
    version, stages, inbox, versions, coalesce(warnings, []) as warnings, error
from store.run;

comment on view runs is 'One row a pass over an inbox.';
comment on column runs.run_id is 'The run''s id.';
comment on column runs.started_at is 'When it started, UTC.';
comment on column runs.ended_at is 'When it ended, UTC; null while it runs, or when it was cut off.';
comment on column runs.status is 'running, completed, failed, refused (a check kept it from publishing) or interrupted (stopped or killed).';
comment on column runs.documents_seen is 'Documents found in the inbox.';
comment on column runs.documents_loaded is 'Documents loaded, new or changed.';
comment on column runs.records_loaded is 'Records loaded.';
comment on column runs.records_quarantined is 'Documents and records set aside (see quarantine).';
comment on column runs.version is 'Version of Pledgebook.';
comment on column runs.stages is 'Seconds that each stage took.';
comment on column runs.inbox is 'The folder that it read.';
comment on column runs.versions is 'Versions of Pledgebook, DuckDB and Python, and the fingerprint of the engine.';
comment on column runs.warnings is 'Sources that fell below what is expected of them (see docs/operations.md).';
comment on column runs.error is 'What ended it, where it did not complete.';
