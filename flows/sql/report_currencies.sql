select currency, status, count(*) as sums, sum(amount) as total
from funding
group by all
order by currency, status
