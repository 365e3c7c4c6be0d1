-- The residual cells, section x assessment: how many students, their mean beyond expectation, the
-- squares around that mean, and how many stand at the top of a scale that $tied or more reached.
-- parameters: $tied
-- columns: section_key, scale_key, students, mean_residual, square_residual, at_ceiling
-- scope: system
with residual as (
    select
        expected.section_key,
        student_result.scale_key,
        (student_result.z - scale_spread.mean_z) / scale_spread.sd_z - expected.expected as r,
        case
            when scale_spread.at_top >= $tied and student_result.z >= scale_spread.top_z then 1 else 0
        end as at_ceiling
    from student_result
    inner join expected
        on student_result.student_key = expected.student_key and student_result.place_key = expected.section_key
    inner join scale on student_result.scale_key = scale.scale_key
    inner join scale_spread on student_result.scale_key = scale_spread.scale_key
    left join few_takers on student_result.scale_key = few_takers.scale_key
    where scale.is_outcome and few_takers.scale_key is null and scale_spread.sd_z is not null
)

select
    section_key,
    scale_key,
    count(*) as students,
    avg(r) as mean_residual,
    greatest(sum(r * r) - count(*) * avg(r) * avg(r), 0) as square_residual,
    sum(at_ceiling) as at_ceiling
from residual
group by section_key, scale_key
