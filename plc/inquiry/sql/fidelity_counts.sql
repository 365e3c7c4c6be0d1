-- How many practice classes of a team's test gave each answer to "did you do it?" in each week: no class, no teacher.
-- parameters: $test_id, $team_ids
-- columns: week_of, done, classes
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select answer.week_of, answer.done, count(*) as classes
from test_section as chosen
inner join practice_test as test on chosen.test_id = test.test_id
inner join latest_fidelity as answer on chosen.test_id = answer.test_id and chosen.section_id = answer.section_id
where
    chosen.test_id = $test_id
    and test.team_id in (select unnest($team_ids))
    and chosen.arm = 'practice'
group by answer.week_of, answer.done
order by answer.week_of nulls last, answer.done nulls last
