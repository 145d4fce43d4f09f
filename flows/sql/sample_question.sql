select funders, amount, currency, purpose
from funding
order by amount desc nulls last, funding_id
limit 5
