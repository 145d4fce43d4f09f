create or replace view actors as
with stated as (
    select r.canonical_id as actor_id, a.record_id, a.document_id, a.name, a.kind, a.country, a.aliases,
        a.confidence, a.review, coalesce(a.language, d.language) as language
    from store.actor as a
    join store.resolution as r using (record_id)
    join store.document as d using (document_id)
),
-- the most printed name stands for the actor, of two the longer, so that the choice hangs on no order of loading
named as (
    select actor_id, language, name, count(*) as times
    from stated
    group by actor_id, language, name
),
titled as (
    select
        actor_id,
        first(name order by times desc, length(name) desc, name) as name,
        first(name order by times desc, length(name) desc, name) filter (where language = 'en') as name_en,
        first(name order by times desc, length(name) desc, name) filter (where language = 'fr') as name_fr
    from named
    group by actor_id
),
kinds as (
    select actor_id, first(kind order by times desc, kind) as kind
    from (select actor_id, kind, count(*) as times from stated group by actor_id, kind)
    group by actor_id
),
variants as (
    select v.actor_id, list(distinct v.variant order by v.variant) as aliases
    from (
        select actor_id, name as variant from stated
        union all
        select actor_id, unnest(aliases) from stated
    ) as v
    join titled as t using (actor_id)
    where v.variant <> t.name
    group by v.actor_id
),
counted as (
    select stated.actor_id, count(*) as mentions
    from stated
    join store.evidence as e using (record_id)
    where e.field = 'name'
    group by stated.actor_id
),
summed as (
    select actor_id, min(country) as country, count(distinct document_id) as documents,
        max(confidence) as confidence, bool_and(review) as review
    from stated
    group by actor_id
)
select
    s.actor_id, t.name, t.name_en, t.name_fr, k.kind, s.country,
    coalesce(v.aliases, []) as aliases,
    s.documents, coalesce(c.mentions, 0) as mentions, s.confidence, s.review
from summed as s
join titled as t using (actor_id)
join kinds as k using (actor_id)
left join variants as v using (actor_id)
left join counted as c using (actor_id);

comment on view actors is 'One row an actor, whatever the documents, languages and short forms that name it.';
comment on column actors.actor_id is 'The actor''s id (resolution.canonical_id, evidence.record_id).';
comment on column actors.name is 'The name most printed.';
comment on column actors.name_en is 'The name most printed in English documents.';
comment on column actors.name_fr is 'The name most printed in French documents.';
comment on column actors.kind is 'state, government_body, intergovernmental, company, academic, civil_society or person.';
comment on column actors.country is 'ISO 3166-1 alpha-2, where the register or the words tell it.';
comment on column actors.aliases is 'Every other form in which a document prints the name.';
comment on column actors.documents is 'Number of documents that name it.';
comment on column actors.mentions is 'Number of places that name it.';
comment on column actors.confidence is 'Highest probability among its records that a careful reader would list it.';
comment on column actors.review is 'True when all of its records deserve a second look.';
