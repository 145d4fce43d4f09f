-- Every record of one type as its model has it, with its parties by role and its evidence, in its own order.
-- {table} is the record's table, {only} a condition on document_id.
with parties as (
    select
        record_id,
        coalesce(list(name order by position) filter (where role = 'party'), []) as parties,
        coalesce(list(name order by position) filter (where role = 'funder'), []) as funders,
        coalesce(list(name order by position) filter (where role = 'recipient'), []) as recipients,
        coalesce(list(name order by position) filter (where role = 'actor'), []) as actors
    from store.party
    where {only}
    group by record_id
),
quotes as (
    select
        record_id,
        list(
            {{
                'field': field, 'start': char_start, 'end': char_end, 'page': page, 'quote': quote, 'finder': finder,
                'recognised': coalesce(recognised, false), 'rectangles': coalesce(rectangles, [])
            }}
            order by position
        ) as evidence
    from store.evidence
    where record_type = '{table}' and {only}
    group by record_id
)
select
    t.*,
    coalesce(p.parties, []) as parties, coalesce(p.funders, []) as funders,
    coalesce(p.recipients, []) as recipients, coalesce(p.actors, []) as actors,
    q.evidence
from store.{table} as t
join quotes as q using (record_id)
left join parties as p using (record_id)
where {only}
order by t.record_id
