-- A team shows one of its own tests by the name of its school and month.
-- parameters: $test_id, $team_ids, $released_by, $released_at
-- columns: test_id
-- scope: team
-- duckdb only: unnest of a list parameter
insert into practice_test_release (test_id, team_id, released_by, released_at)
select test.test_id, test.team_id, $released_by, $released_at
from practice_test as test
where
    test.test_id = $test_id
    and test.team_id in (select unnest($team_ids))
    and not exists (
        select 1 from practice_test_release as open_release
        where open_release.test_id = $test_id and open_release.taken_back_at is null
    )
returning test_id
