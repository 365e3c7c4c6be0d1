-- What else a team's test must not make worse.
-- parameters: $test_id, $team_ids
-- columns: balancing_kind, balancing_target
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select measure.balancing_kind, measure.balancing_target
from balancing_measure as measure
inner join practice_test as test on measure.test_id = test.test_id
where measure.test_id = $test_id and test.team_id in (select unnest($team_ids))
order by measure.balancing_kind nulls last, measure.balancing_target nulls last
