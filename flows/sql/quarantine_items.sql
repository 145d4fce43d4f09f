select quarantine_id, document_id, name, stage, reason_code, message, quarantine.at as since, dismissed_at, because
from quarantine
order by name, stage, reason_code, quarantine_id
