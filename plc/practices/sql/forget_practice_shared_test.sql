-- Forget the values of tests in pools, of every practice or of those named; the next statement keeps them anew.
-- parameters: $everything, $practice_ids
-- columns: none
-- scope: system
-- duckdb only: unnest of a list parameter
delete from practice_shared_test
where $everything or practice_id in (select unnest($practice_ids))
