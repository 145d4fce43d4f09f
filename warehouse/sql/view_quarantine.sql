create or replace view quarantine as
with subjects as (
    -- what is refused stays the same when another engine refuses it, or when it is a little surer of it
    select *, md5(concat_ws(chr(31), coalesce(document_id, name), stage, reason_code, json_merge_patch(
        payload, '{"engine": null, "traceback": null, "path": null, "confidence": null, "review": null}'
    )::varchar)) as subject
    from store.quarantine
)
select
    q.quarantine_id, q.document_id, q.name, q.stage, q.reason_code, q.message, q.payload, q."at", q.run_id,
    d.dismissed_at, d.because, q.subject
from subjects as q
left join store.dismissal as d using (subject);

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
comment on column quarantine.dismissed_at is 'When a person decided to leave it, UTC; null while it waits.';
comment on column quarantine.because is 'The reason that the person gave.';
comment on column quarantine.subject is 'What was refused, whichever engine refused it: a decision to leave it holds for this.';
