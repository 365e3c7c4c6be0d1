-- The residual cells of each group, section x assessment x group: students, their mean beyond expectation
-- and the squares around it. What is expected of a student is what the scan of all students expects.
-- parameters: none
-- columns: section_key, group_key, scale_key, students, mean_residual, square_residual
-- scope: system
with member as (
    select
        expected.student_key,
        expected.section_key,
        group_member.group_key,
        expected.expected
    from expected
    inner join group_member
        on
            expected.student_key = group_member.student_key
            and expected.section_key = group_member.section_key
),

residual as (
    select
        member.section_key,
        member.group_key,
        student_result.scale_key,
        (student_result.z - scale_spread.mean_z) / scale_spread.sd_z - member.expected as r
    from student_result
    inner join member
        on student_result.student_key = member.student_key and student_result.place_key = member.section_key
    inner join scale on student_result.scale_key = scale.scale_key
    inner join scale_spread on student_result.scale_key = scale_spread.scale_key
    left join few_takers on student_result.scale_key = few_takers.scale_key
    where scale.is_outcome and few_takers.scale_key is null and scale_spread.sd_z is not null
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
