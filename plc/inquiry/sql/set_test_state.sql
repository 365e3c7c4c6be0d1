-- Moves a team's test to another state, unless someone wrote since it was read.
-- parameters: $test_id, $team_ids, $seen_version, $state, $smallest_detectable
-- columns: version
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
update practice_test set
    state = $state,
    smallest_detectable = coalesce(cast($smallest_detectable as double), smallest_detectable),
    version = version + 1
where test_id = $test_id and team_id in (select unnest($team_ids)) and version = $seen_version
returning version
