-- A team takes the name of its school off one of its tests.
-- parameters: $test_id, $team_ids, $taken_back_at
-- columns: test_id
-- scope: team
-- duckdb only: unnest of a list parameter
update practice_test_release
set taken_back_at = $taken_back_at
where test_id = $test_id and team_id in (select unnest($team_ids)) and taken_back_at is null
returning test_id
