-- The test to clone: the viewer's own if she has one, else one whose team shows it, else the earliest.
-- parameters: $practice_id, $team_ids
-- columns: test_id
-- scope: card
-- duckdb only: unnest of a list parameter
select test.test_id
from practice_test as test
inner join visible_practice as visible on test.practice_id = visible.practice_id
left join
    practice_test_release as open_release
    on test.test_id = open_release.test_id and open_release.taken_back_at is null
where test.practice_id = $practice_id and test.state in ('planned', 'decided')
order by
    test.team_id in (select unnest($team_ids)) desc nulls last,
    open_release.test_id is not null desc nulls last,
    test.starts_on nulls last,
    test.test_id nulls last
limit 1
