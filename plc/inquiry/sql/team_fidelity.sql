-- What each class of a team's test answered to "did you do it?", the latest answer of each week; a class that never
-- answered has one row without a week.
-- parameters: $test_id, $team_ids
-- columns: section_id, teacher_id, name, week_of, done, times, changed
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    chosen.section_id,
    chosen.teacher_id,
    coalesce(teacher.name, chosen.teacher_id) as name,
    answer.week_of,
    answer.done,
    answer.times,
    answer.changed
from test_section as chosen
inner join practice_test as test on chosen.test_id = test.test_id
left join teacher on chosen.teacher_id = teacher.teacher_id
left join
    latest_fidelity as answer on chosen.test_id = answer.test_id and chosen.section_id = answer.section_id
where
    chosen.test_id = $test_id
    and test.team_id in (select unnest($team_ids))
    and chosen.arm = 'practice'
order by name nulls last, chosen.section_id nulls last, answer.week_of nulls first
