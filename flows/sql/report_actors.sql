select name, kind, documents, mentions
from actors
order by documents desc, mentions desc, name
limit 10
