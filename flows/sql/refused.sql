select distinct document_id, (payload->>'engine') as engine
from quarantine
where document_id is not null and (payload->>'engine') is not null
