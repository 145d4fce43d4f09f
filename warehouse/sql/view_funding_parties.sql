create or replace view funding_parties as
with stated as (
    select r.canonical_id as funding_id, ra.canonical_id as actor_id, p.name, p.folded, p.role, p.position
    from store.party as p
    join store.resolution as r using (record_id)
    left join store.resolution as ra on ra.record_id = p.actor_record_id
    -- a name that is no known actor counts only where the record that stands for the sum has it,
    -- or a translation of it would be a second party
    where p.role in ('funder', 'recipient') and (ra.canonical_id is not null or p.record_id = r.canonical_id)
),
once as (
    select funding_id, actor_id, role, min(position) as position, first(name order by position, name) as name
    from stated
    group by funding_id, actor_id, role, case when actor_id is null then folded end
)
select o.funding_id, o.actor_id, coalesce(a.name, o.name) as actor, o.role, o.position
from once as o
left join actors as a using (actor_id);

comment on view funding_parties is 'One row a party that gives or gets a sum.';
comment on column funding_parties.funding_id is 'The sum (funding.funding_id).';
comment on column funding_parties.actor_id is 'The actor (actors.actor_id); null when the text names a party that is no actor of its own.';
comment on column funding_parties.actor is 'Name of the actor, else the words of the text.';
comment on column funding_parties.role is 'funder or recipient.';
comment on column funding_parties.position is 'Place in the list of its role, from 0.';
