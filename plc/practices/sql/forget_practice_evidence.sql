-- Forget what was computed before, of every practice or of those named.
-- parameters: $everything, $practice_ids
-- columns: none
-- scope: system
-- duckdb only: unnest of a list parameter
delete from practice_evidence
where $everything or practice_id in (select unnest($practice_ids))
