-- How far students stay above or below their class from one assessment to the next. For each section:
-- the sum over students of the squared sum of deviations from the cells' means, and the number of
-- ordered pairs of assessments of one student. A student who sat every assessment of the section
-- deviates from the sum of all its cells; only the others need their own cells looked up.
-- parameters: none
-- columns: section_key, students, sum_square, pairs
-- scope: system
with occasion as (
    select section_key, count(*) as cells, sum(mean_residual) as sum_mean
    from cell
    group by section_key
),

absent_sometimes as (
    select expected.student_key, expected.section_key, sum(cell.mean_residual) as sum_mean
    from expected
    inner join occasion on expected.section_key = occasion.section_key
    inner join student_result
        on expected.student_key = student_result.student_key and expected.section_key = student_result.place_key
    inner join cell on student_result.place_key = cell.section_key and student_result.scale_key = cell.scale_key
    where expected.outcomes < occasion.cells
    group by expected.student_key, expected.section_key
),

deviation as (
    select
        expected.section_key,
        expected.outcomes,
        expected.sum_residual - coalesce(absent_sometimes.sum_mean, occasion.sum_mean) as d
    from expected
    inner join occasion on expected.section_key = occasion.section_key
    left join absent_sometimes
        on
            expected.student_key = absent_sometimes.student_key
            and expected.section_key = absent_sometimes.section_key
)

select
    section_key,
    count(*) as students,
    sum(d * d) as sum_square,
    sum(outcomes * (outcomes - 1)) as pairs
from deviation
group by section_key
order by section_key
