create or replace view agreements as
with stated as (
    select r.canonical_id as agreement_id, g.*, d.published_on, coalesce(g.language, d.language) as told_in
    from store.agreement as g
    join store.resolution as r using (record_id)
    join store.document as d using (document_id)
),
titled as (
    select agreement_id, first(title order by length(title) desc, title) as title
    from stated
    group by agreement_id
),
languages as (
    select
        agreement_id,
        first(title order by length(title) desc, title) filter (where told_in = 'en') as title_en,
        first(title order by length(title) desc, title) filter (where told_in = 'fr') as title_fr
    from stated
    group by agreement_id
),
kinds as (
    select agreement_id, first(kind order by times desc, kind) as kind
    from (select agreement_id, kind, count(*) as times from stated group by agreement_id, kind)
    group by agreement_id
),
dated as (
    select
        agreement_id,
        first(date order by case date_precision when 'day' then 0 when 'month' then 1 else 2 end, date) as signed_on,
        first(date_precision order by case date_precision when 'day' then 0 when 'month' then 1 else 2 end, date)
            as date_precision
    from stated
    where date is not null
    group by agreement_id
),
-- the latest document that knows it tells how the agreement stands
standing as (
    select agreement_id, first(status order by published_on desc nulls last, status) as status
    from stated
    where status <> 'unknown'
    group by agreement_id
),
-- every status that a document tells, in the order of the documents; the same one twice in a row stands once
told as (
    select agreement_id, status, published_on, document_id,
        lag(status) over (partition by agreement_id order by published_on nulls last, document_id, record_id) as before
    from stated
    where status <> 'unknown'
),
histories as (
    select
        agreement_id,
        list(
            {'status': status, 'published_on': published_on, 'document_id': document_id}
            order by published_on nulls last, document_id, status
        ) as history
    from told
    where before is null or before <> status
    group by agreement_id
),
parties as (
    select agreement_id, list(actor order by position, actor) as parties
    from agreement_parties
    group by agreement_id
),
variants as (
    select v.agreement_id, list(distinct v.variant order by v.variant) as aliases
    from (
        select agreement_id, title as variant from stated
        union all
        select agreement_id, unnest(aliases) from stated
    ) as v
    join titled as t using (agreement_id)
    where v.variant <> t.title
    group by v.agreement_id
),
counted as (
    select stated.agreement_id, count(distinct (e.document_id, e.char_start)) as mentions
    from stated
    join store.evidence as e using (record_id)
    where e.field in ('record', 'title')
    group by stated.agreement_id
),
summed as (
    select agreement_id, count(distinct document_id) as documents,
        list(distinct document_id order by document_id) as document_ids, max(confidence) as confidence,
        bool_and(review) as review
    from stated
    group by agreement_id
)
select
    s.agreement_id, t.title, k.kind, coalesce(st.status, 'unknown') as status,
    d.signed_on, d.date_precision,
    coalesce(p.parties, []) as parties, s.documents, coalesce(c.mentions, 0) as mentions,
    coalesce(v.aliases, []) as aliases, s.confidence, s.review,
    coalesce(h.history, []) as status_history, n.title_en, n.title_fr, s.document_ids
from summed as s
join titled as t using (agreement_id)
join kinds as k using (agreement_id)
left join variants as v using (agreement_id)
left join dated as d using (agreement_id)
left join standing as st using (agreement_id)
left join parties as p using (agreement_id)
left join histories as h using (agreement_id)
left join languages as n using (agreement_id)
left join counted as c using (agreement_id);

comment on view agreements is 'One row an instrument or arrangement between parties.';
comment on column agreements.agreement_id is 'The agreement''s id (resolution.canonical_id, evidence.record_id).';
comment on column agreements.title is 'The fullest title printed.';
comment on column agreements.kind is 'treaty, trade_agreement, memorandum, partnership, action_plan, declaration or cooperation_agreement.';
comment on column agreements.status is 'As the latest document that tells has it: in_force, signed, under_negotiation, proposed, ended or unknown.';
comment on column agreements.signed_on is 'First day that the date of signing, adoption or effect may mean; see date_precision.';
comment on column agreements.date_precision is 'How much of the date was said: year, month or day.';
comment on column agreements.parties is 'Names of the parties (agreement_parties has their ids).';
comment on column agreements.documents is 'Number of documents that speak of it.';
comment on column agreements.mentions is 'Number of places that speak of it.';
comment on column agreements.aliases is 'Every other form in which a document prints the title.';
comment on column agreements.confidence is 'Highest probability among its records that a careful reader would list it.';
comment on column agreements.review is 'True when all of its records deserve a second look.';
comment on column agreements.status_history is 'Each change of status: status, the day its document was published, document_id.';
comment on column agreements.title_en is 'The fullest title printed in an English document.';
comment on column agreements.title_fr is 'The fullest title printed in a French document.';
comment on column agreements.document_ids is 'The documents that speak of it.';
