select stage, reason_code, count(*) as items, min(quarantine.at) as oldest
from quarantine
where dismissed_at is null
group by all
order by items desc, stage, reason_code
