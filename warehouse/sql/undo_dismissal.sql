delete from store.dismissal
where subject in (select subject from quarantine where list_contains($ids, quarantine_id))
