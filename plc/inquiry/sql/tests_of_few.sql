-- Tests whose figures would tell this viewer of one teacher: those of fewer teachers than $least_teachers of
-- whom one is neither herself nor has opened her figures to her, and those that leave a single such teacher.
-- `knows` is whether the viewer could take a class she knows away.
-- parameters: $test_ids, $least_teachers
-- columns: test_id, knows
-- scope: visible
-- duckdb only: unnest of a list parameter in a subquery
with behind as (
    select distinct test_id, teacher_id
    from test_section
    where test_id in (select unnest($test_ids))
),

shown as (
    select teacher_id from visible_teacher where numbers_shown
),

counted as (
    select behind.test_id, count(*) as teachers, count(shown.teacher_id) as known
    from behind
    left join shown on behind.teacher_id = shown.teacher_id
    group by behind.test_id
)

select test_id, known > 0 as knows
from counted
where teachers - known = 1 or (teachers < $least_teachers and teachers > known)
