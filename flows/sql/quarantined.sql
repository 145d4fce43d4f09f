select name, stage, reason_code, message
from quarantine
order by name, stage, reason_code, quarantine_id
