-- Pairs of documents, one of them in the temporary table compared, that share so many signs that are not common, or one
-- that is enough by itself (family of the file name, day): those worth comparing.
with telling as (
    select sign
    from store.sign
    where sign in (select s.sign from store.sign as s join compared using (document_id))
    group by sign
    having count(*) between 2 and getvariable('common')
)
select least(a.document_id, b.document_id) as one, greatest(a.document_id, b.document_id) as other
from store.sign as a
join compared on compared.document_id = a.document_id
join telling on telling.sign = a.sign
join store.sign as b on b.sign = a.sign and b.document_id <> a.document_id
group by a.document_id, b.document_id
having count(*) >= getvariable('enough') or bool_or(regexp_matches(a.sign, '^(family|day): '))
