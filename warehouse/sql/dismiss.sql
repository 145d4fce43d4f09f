insert into store.dismissal
select distinct subject, $because, $at::timestamp
from quarantine
where list_contains($ids, quarantine_id)
