create or replace view resolution as
with records as (
    select record_id, 'actor' as record_type, document_id from store.actor
    union all
    select record_id, 'agreement', document_id from store.agreement
    union all
    select record_id, 'funding', document_id from store.funding
    union all
    select record_id, 'commitment', document_id from store.commitment
)
select r.record_id, r.canonical_id, r.rule, r.score, records.record_type, records.document_id
from store.resolution as r
join records using (record_id);

comment on view resolution is 'One row a record of one document: which row of the other views it became, and why.';
comment on column resolution.record_id is 'The record of one document (evidence.own_record_id).';
comment on column resolution.canonical_id is 'The row that stands for it: actor_id, agreement_id, funding_id or commitment_id.';
comment on column resolution.rule is 'What joined it: self when it stands alone or for its cluster, else the rule or judgement.';
comment on column resolution.score is 'How sure, from 0 to 1.';
comment on column resolution.record_type is 'actor, agreement, funding or commitment.';
comment on column resolution.document_id is 'The document that the record was read from.';
