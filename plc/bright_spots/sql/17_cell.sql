-- The residual cells, section x assessment: how many students, their mean beyond expectation, the
-- squares around that mean, and how many stand at the top of a scale that $tied or more reached.
-- parameters: $tied
-- columns: section_key, scale_key, students, mean_residual, square_residual, at_ceiling
-- scope: system
with residual as (
    select
        expected.section_key,
        counted_outcome.scale_key,
        counted_outcome.y - expected.expected as r,
        case when counted_outcome.tied_at_top >= $tied then 1 else 0 end as at_ceiling
    from counted_outcome
    inner join expected
        on counted_outcome.student_key = expected.student_key and counted_outcome.place_key = expected.section_key
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
