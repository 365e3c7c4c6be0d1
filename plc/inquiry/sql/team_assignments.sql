-- Every draw of a team's test, the latest first.
-- parameters: $test_id, $team_ids
-- columns: seed, drawn_by, drawn_at, undone_at
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select draw.seed, draw.drawn_by, draw.drawn_at, draw.undone_at
from test_assignment as draw
inner join practice_test as test on draw.test_id = test.test_id
where draw.test_id = $test_id and test.team_id in (select unnest($team_ids))
order by draw.drawn_at desc nulls last, draw.undone_at desc nulls first
