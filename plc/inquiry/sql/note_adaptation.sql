-- Writes what a team changed of a practice, unless someone wrote since it was read.
-- parameters: $test_id, $team_ids, $seen_version, $adaptation
-- columns: version
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
update practice_test set adaptation = $adaptation, version = version + 1
where test_id = $test_id and team_id in (select unnest($team_ids)) and version = $seen_version
returning version
