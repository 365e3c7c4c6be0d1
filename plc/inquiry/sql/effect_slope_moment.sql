-- Cross-products of each class of the district for the slopes of results on starting points: x the calibrated start,
-- y the student's mean over the occasions on the asked side of the start.
-- parameters: $after
-- columns: section_key, grade, students, y, x1, x2, x3, x4, x5, x6, x1y, x2y, x3y
-- scope: system
with pupil as (
    select effect_result.section_key, effect_pupil.x, avg(effect_result.y) as y
    from effect_result
    inner join effect_pupil
        on
            effect_result.student_key = effect_pupil.student_key
            and effect_result.section_key = effect_pupil.section_key
    where effect_result.after = $after
    group by effect_result.section_key, effect_pupil.student_key, effect_pupil.x
)

select
    pupil.section_key,
    scanned_section.grade,
    count(*) as students,
    sum(y) as y,
    sum(x) as x1,
    sum(x * x) as x2,
    sum(x * x * x) as x3,
    sum(x * x * x * x) as x4,
    sum(x * x * x * x * x) as x5,
    sum(x * x * x * x * x * x) as x6,
    sum(x * y) as x1y,
    sum(x * x * y) as x2y,
    sum(x * x * x * y) as x3y
from pupil
inner join scanned_section on pupil.section_key = scanned_section.section_key
group by pupil.section_key, scanned_section.grade
order by pupil.section_key
