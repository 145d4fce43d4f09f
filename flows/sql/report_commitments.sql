select kind, text, actors
from commitments
order by kind, text, commitment_id
limit 10
