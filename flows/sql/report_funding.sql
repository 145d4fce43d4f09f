select amount, amount_max, currency, qualifier, status, funders, recipients, purpose
from funding
order by amount desc nulls last, funding_id
limit 10
