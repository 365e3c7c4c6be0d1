-- Says that a team's test is another than the one that was seen, so that nobody writes over it unseen.
-- parameters: $test_id, $team_ids, $seen_version
-- columns: version
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
update practice_test set version = version + 1
where test_id = $test_id and team_id in (select unnest($team_ids)) and version = $seen_version
returning version
