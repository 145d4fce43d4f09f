select funders, recipients, amount, currency, status
from funding
where len(funders) > 0
order by currency, amount desc, funding_id
limit 6
