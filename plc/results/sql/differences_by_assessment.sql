-- How many results already here a staged upload would change, by assessment.
-- parameters: $path
-- columns: assessment, subject, rows
-- scope: system
-- duckdb only: read_parquet
select assessment, subject, count(*) as rows
from read_parquet($path)
group by assessment, subject
order by rows desc, subject, assessment
