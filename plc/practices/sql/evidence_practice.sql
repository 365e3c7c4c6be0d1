-- Practices whose evidence is to be computed: every one, or those named.
-- parameters: $everything, $practice_ids
-- columns: practice_id, withdrawn
-- scope: system
-- duckdb only: unnest of a list parameter
select practice.practice_id, practice.withdrawn_at is not null as withdrawn
from practice
where $everything or practice.practice_id in (select unnest($practice_ids))
order by practice.practice_id
