select
    run_id, started_at, status, round(epoch(ended_at - started_at), 1) as seconds, documents_seen, documents_loaded,
    records_loaded, records_quarantined, version
from runs
order by started_at desc
limit 5
