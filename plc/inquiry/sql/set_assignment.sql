-- Notes on a team's test who was drawn to start by which seed; empty takes the draw back.
-- parameters: $test_id, $team_ids, $seed, $assigned_at, $assigned_by
-- columns: version
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
update practice_test set
    assignment_seed = $seed,
    assigned_at = $assigned_at,
    assigned_by = $assigned_by,
    version = version + 1
where test_id = $test_id and team_id in (select unnest($team_ids))
returning version
