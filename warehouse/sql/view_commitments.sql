create or replace view commitments as
with stated as (
    select r.canonical_id as commitment_id, c.*
    from store.commitment as c
    join store.resolution as r using (record_id)
),
parties as (
    select p.record_id, list(coalesce(a.name, p.name) order by p.position) as actors
    from store.party as p
    left join store.resolution as ra on ra.record_id = p.actor_record_id
    left join actors as a on a.actor_id = ra.canonical_id
    where p.role = 'actor'
    group by p.record_id
)
select
    c.commitment_id, c.kind, c.text, coalesce(p.actors, []) as actors, c.section, c.document_id,
    c.confidence, c.review
from stated as c
left join parties as p using (record_id)
where c.record_id = c.commitment_id;

comment on view commitments is 'One row a thing that parties undertake, recommend or plan, as an item of a list or plan.';
comment on column commitments.commitment_id is 'The commitment''s id (resolution.canonical_id, evidence.record_id).';
comment on column commitments.kind is 'commitment, recommendation or next_step.';
comment on column commitments.text is 'The item in its own words.';
comment on column commitments.actors is 'Names of those who undertake it.';
comment on column commitments.section is 'Heading of the list that it stands in.';
comment on column commitments.document_id is 'The document that states it.';
comment on column commitments.confidence is 'Probability that a careful reader would list it.';
comment on column commitments.review is 'True when it deserves a second look.';
