-- Tests that stand in the pool of a card the viewer may open, and her teams' own measured tests: `closed` is
-- whether the pool holds figures of it that not everyone could read.
-- parameters: $team_ids
-- columns: practice_id, test_id, own, closed
-- scope: card
-- duckdb only: unnest of a list parameter
with pooled as (
    select test_id, count(*) filter (where not is_known) > 0 as closed
    from practice_shared_test
    -- The generation that a value of the present pool ends with (NEVER of shared_tests.py).
    where ends = 2147483647
    group by test_id
)

select
    test.practice_id,
    test.test_id,
    test.team_id in (select unnest($team_ids)) as own,
    coalesce(pooled.closed, false) as closed
from practice_test as test
inner join visible_practice as visible on test.practice_id = visible.practice_id
inner join test_effect as effect on test.test_id = effect.test_id
left join pooled on test.test_id = pooled.test_id
where pooled.test_id is not null or test.team_id in (select unnest($team_ids))
