select run_id, status, documents_seen, documents_loaded, records_loaded, records_quarantined, version
from runs
order by started_at desc
limit 5
