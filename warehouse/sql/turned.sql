-- Signs that turned common, or telling again, since the last resolution; only those of documents that came or went can.
create or replace temporary table counted as
select sign, count(*) as holders
from store.sign
where sign in (select sign from store.stirred)
group by sign;

create or replace temporary table turned_common as
select sign from counted where holders > getvariable('common') and sign not in (select sign from store.common);

create or replace temporary table turned_telling as
select distinct sign
from store.stirred
where sign in (select sign from store.common) and sign not in (select sign from counted where holders > getvariable('common'));

-- What shared a sign that tells again is compared again.
create or replace temporary table compared as
select document_id from fresh
union
select document_id from store.sign where sign in (select sign from turned_telling)
