create or replace view funding as
with stated as (
    select r.canonical_id as funding_id, f.*, ra.canonical_id as agreement_id
    from store.funding as f
    join store.resolution as r using (record_id)
    left join store.resolution as ra on ra.record_id = f.agreement_record_id
),
summed as (
    select
        funding_id,
        count(distinct document_id) as documents,
        min(agreement_id) as agreement_id,
        -- the record that stands for the sum goes first; a twin fills what it leaves open
        first(status order by status = 'unknown', record_id <> funding_id, record_id) as status,
        first(date order by date is null, record_id <> funding_id, record_id) as date,
        first(date_precision order by date is null, record_id <> funding_id, record_id) as date_precision,
        first(purpose order by purpose is null, record_id <> funding_id, record_id) as purpose,
        max(confidence) as confidence,
        bool_and(review) as review
    from stated
    group by funding_id
),
quoted as (
    select record_id as funding_id, first(quote order by field <> 'record', position) as quote
    from store.evidence
    where record_type = 'funding'
    group by record_id
),
parties as (
    select
        funding_id,
        list(actor order by position, actor) filter (where role = 'funder') as funders,
        list(actor order by position, actor) filter (where role = 'recipient') as recipients
    from funding_parties
    group by funding_id
)
select
    f.funding_id, f.amount, f.amount_max, f.currency, f.qualifier, s.status,
    coalesce(p.funders, []) as funders, coalesce(p.recipients, []) as recipients,
    s.purpose, s.date, s.date_precision, s.agreement_id, f.document_id, q.quote,
    f.per, f.restated, s.documents, s.confidence, s.review
from stated as f
join summed as s using (funding_id)
left join quoted as q using (funding_id)
left join parties as p using (funding_id)
where f.record_id = f.funding_id;

comment on view funding is 'One row a sum for a use; the English and French twins of one release state it once.';
comment on column funding.funding_id is 'The sum''s id (resolution.canonical_id, evidence.record_id).';
comment on column funding.amount is 'In units of the currency; the lower end of a range.';
comment on column funding.amount_max is 'Upper end of a range; null without one.';
comment on column funding.currency is 'ISO 4217, the currency stated first; restated has the others.';
comment on column funding.qualifier is 'exact, at_least, at_most or approximate.';
comment on column funding.status is 'proposed, committed, paid or unknown.';
comment on column funding.funders is 'Names of those who give (funding_parties has their ids).';
comment on column funding.recipients is 'Names of those who get (funding_parties has their ids).';
comment on column funding.purpose is 'What for, in words of the text.';
comment on column funding.date is 'First day that the date of the sum may mean; see date_precision.';
comment on column funding.date_precision is 'How much of the date was said: year, month or day.';
comment on column funding.agreement_id is 'The agreement that the sum belongs to (agreements.agreement_id).';
comment on column funding.document_id is 'The first document that states it (evidence lists all).';
comment on column funding.quote is 'The words of that document.';
comment on column funding.per is 'Unit of a rate, such as year or person; null for a total. Don''t add rates to totals.';
comment on column funding.restated is 'The same sum in other currencies or units.';
comment on column funding.documents is 'Number of documents that state it.';
comment on column funding.confidence is 'Highest probability among its records that a careful reader would list it.';
comment on column funding.review is 'True when all of its records deserve a second look.';
