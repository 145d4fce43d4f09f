update store.run
set status = 'interrupted',
    error = 'killed, or cut off by a crash of the machine',
    documents_loaded = (select count(*) from store.document as d where d.run_id = run.run_id),
    records_loaded = (
        select count(distinct e.record_id)
        from store.evidence as e
        join store.document as d using (document_id)
        where d.run_id = run.run_id
    ),
    records_quarantined = (select count(*) from store.quarantine as q where q.run_id = run.run_id)
where status = 'running'
