-- How many records, and how full, the documents of one source hold: those read since the last run that was published.
-- $folder is a pattern of the path below the inbox, $publisher of the publisher's name; null asks for no such thing.
with unpublished as (
    select run_id
    from store.run
    where status = 'running' -- this one, whatever the clock says
        or started_at > coalesce((select max(started_at) from store.run where status = 'completed'), '-infinity')
),
read as (
    select document_id, title, published_on, publisher, country, uri
    from store.document
    where run_id in (select run_id from unpublished)
),
-- a document that was refused whole belongs to a folder; nobody could read its publisher
refused as (
    select distinct document_id, payload->>'path' as uri
    from store.quarantine
    where stage in ('parse', 'extract')
        and (payload->>'path') is not null
        and run_id in (select run_id from unpublished)
        and not exists (from store.document as d where d.document_id = quarantine.document_id)
),
placed as (
    select document_id, title, published_on, publisher, country, uri, true as sound from read
    union all
    select document_id, null, null, null, null, uri, false from refused
),
below as (
    select *, case
        when starts_with(uri, $absolute) then substr(uri, length($absolute) + 1)
        when starts_with(uri, $inbox) then substr(uri, length($inbox) + 1)
        else uri
    end as path
    from placed
),
source as (
    select *
    from below
    where ($folder::varchar is null or path glob $folder::varchar)
        and ($publisher::varchar is null or lower(publisher) glob lower($publisher::varchar))
),
party as (
    select record_id, role, count(*) > 0 as named
    from store.party
    group by record_id, role
),
cell as (
    select 'document' as record_type, null as field, sound as filled from source
    union all
    select 'document', unnest(['title', 'published_on', 'publisher', 'country']),
        unnest([title is not null, published_on is not null, publisher is not null, country is not null])
    from source
    union all
    select 'actor', unnest([null, 'country']), unnest([true, country is not null])
    from store.actor
    where document_id in (select document_id from source)
    union all
    select 'agreement', unnest([null, 'date', 'status', 'parties']),
        unnest([true, a.date is not null, a.status <> 'unknown', coalesce(p.named, false)])
    from store.agreement as a
    left join party as p on p.record_id = a.record_id and p.role = 'party'
    where a.document_id in (select document_id from source)
    union all
    select 'funding', unnest([null, 'funders', 'recipients', 'purpose', 'date', 'status', 'agreement_id']),
        unnest([
            true, coalesce(f.named, false), coalesce(r.named, false), s.purpose is not null, s.date is not null,
            s.status <> 'unknown', s.agreement_record_id is not null
        ])
    from store.funding as s
    left join party as f on f.record_id = s.record_id and f.role = 'funder'
    left join party as r on r.record_id = s.record_id and r.role = 'recipient'
    where s.document_id in (select document_id from source)
    union all
    select 'commitment', unnest([null, 'actors', 'section']),
        unnest([true, coalesce(p.named, false), c.section is not null])
    from store.commitment as c
    left join party as p on p.record_id = c.record_id and p.role = 'actor'
    where c.document_id in (select document_id from source)
)
select record_type, field, count(*) as "rows", count(*) filter (where filled) as filled
from cell
group by all
order by all
