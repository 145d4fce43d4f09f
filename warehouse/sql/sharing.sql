-- Pairs of documents, one of them in the temporary table fresh, that share so many signs that are not common, or the
-- family of their file names: those worth comparing.
with telling as (
    select sign
    from store.sign
    where sign in (select s.sign from store.sign as s join fresh using (document_id))
    group by sign
    having count(*) between 2 and $common
)
select least(a.document_id, b.document_id) as one, greatest(a.document_id, b.document_id) as other
from store.sign as a
join fresh on fresh.document_id = a.document_id
join telling on telling.sign = a.sign
join store.sign as b on b.sign = a.sign and b.document_id <> a.document_id
group by a.document_id, b.document_id
having count(*) >= $enough or bool_or(a.sign like 'family: %')
