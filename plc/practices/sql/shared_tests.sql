-- Every value of a test that was ever in a practice's pool for everyone, of every practice or of those named.
-- parameters: $everything, $practice_ids
-- columns: practice_id, test_id, begins, ends, figures, is_known
-- scope: system
-- duckdb only: unnest of a list parameter
select practice_id, test_id, begins, ends, figures, is_known
from practice_shared_test
where $everything or practice_id in (select unnest($practice_ids))
order by practice_id, begins, test_id, ends
