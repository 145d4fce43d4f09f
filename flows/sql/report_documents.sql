select kind, language, count(*) as documents, sum(words)::bigint as words
from documents
group by all
order by documents desc, kind, language
