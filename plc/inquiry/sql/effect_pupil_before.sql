-- Where hardly any student has a starting point: each student's mean result before the start in its place. It predicts
-- nothing (x is 0), because the class is then compared with itself before; it says who began lowest.
-- parameters: none
-- columns: student_key, section_key, x, start_y, low
-- scope: system
with pupil as (
    select effect_result.student_key, effect_result.section_key, avg(effect_result.y) as start_y
    from effect_result
    where effect_result.after = 0 and effect_result.section_key > 0
    group by effect_result.student_key, effect_result.section_key
)

select
    pupil.student_key,
    pupil.section_key,
    0.0 as x,
    pupil.start_y,
    3 * (rank() over (partition by scanned_section.grade order by pupil.start_y) - 1)
    < count(*) over (partition by scanned_section.grade) as low
from pupil
inner join scanned_section on pupil.section_key = scanned_section.section_key
