create or replace view quarantine as
select quarantine_id, document_id, name, stage, reason_code, message, payload, "at", run_id
from store.quarantine;

comment on view quarantine is 'One row a document or record that was set aside, with the reason and the whole of it.';
comment on column quarantine.quarantine_id is 'The same for the same refusal in every run.';
comment on column quarantine.document_id is 'The document; null when the file could not be read as one.';
comment on column quarantine.name is 'File name.';
comment on column quarantine.stage is 'parse, extract, resolve, validate or load.';
comment on column quarantine.reason_code is 'Why, as a word to count by.';
comment on column quarantine.message is 'Why, for people.';
comment on column quarantine.payload is 'The whole of what was refused.';
comment on column quarantine."at" is 'Start of the run that refused it, UTC.';
comment on column quarantine.run_id is 'The run that refused it (see runs).';
