-- The residual cells of each group, section x assessment x group: students, their mean beyond expectation
-- and the squares around it. What is expected of a student is what the scan of all students expects.
-- parameters: none
-- columns: section_key, group_key, scale_key, students, mean_residual, square_residual
-- scope: system
with residual as (
    select
        expected.section_key,
        group_member.group_key,
        counted_outcome.scale_key,
        counted_outcome.y - expected.expected as r
    from counted_outcome
    inner join expected
        on counted_outcome.student_key = expected.student_key and counted_outcome.place_key = expected.section_key
    inner join group_member
        on expected.student_key = group_member.student_key and expected.section_key = group_member.section_key
)

select
    section_key,
    group_key,
    scale_key,
    count(*) as students,
    avg(r) as mean_residual,
    greatest(sum(r * r) - count(*) * avg(r) * avg(r), 0) as square_residual
from residual
group by section_key, group_key, scale_key
