select title, kind, status, signed_on, parties
from agreements
order by documents desc, title
limit 10
