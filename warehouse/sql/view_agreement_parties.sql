create or replace view agreement_parties as
with stated as (
    select r.canonical_id as agreement_id, ra.canonical_id as actor_id, p.name, p.folded, p.role, p.position
    from store.party as p
    join store.resolution as r using (record_id)
    left join store.resolution as ra on ra.record_id = p.actor_record_id
    -- a name that is no known actor counts only where the record that stands for the agreement has it,
    -- or a translation of it would be a second party
    where p.role = 'party' and (ra.canonical_id is not null or p.record_id = r.canonical_id)
),
once as (
    select agreement_id, actor_id, role, min(position) as position, first(name order by position, name) as name
    from stated
    group by agreement_id, actor_id, role, case when actor_id is null then folded end
)
select o.agreement_id, o.actor_id, coalesce(a.name, o.name) as actor, o.role, o.position
from once as o
left join actors as a using (actor_id);

comment on view agreement_parties is 'One row a party of an agreement.';
comment on column agreement_parties.agreement_id is 'The agreement (agreements.agreement_id).';
comment on column agreement_parties.actor_id is 'The actor (actors.actor_id); null when the text names a party that is no actor of its own.';
comment on column agreement_parties.actor is 'Name of the actor, else the words of the text.';
comment on column agreement_parties.role is 'party.';
comment on column agreement_parties.position is 'Place in the list of parties, from 0.';
