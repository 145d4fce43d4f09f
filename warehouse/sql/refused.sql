select distinct document_id, (payload->>'engine') as engine
from store.quarantine
where document_id is not null and (payload->>'engine') is not null
