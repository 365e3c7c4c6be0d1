-- Starting points in another subject, placed in the test's classes.
-- parameters: none
-- columns: student_key, section_key, x, start_y, low
-- scope: system
select
    effect_pupil.student_key,
    coalesce(effect_home.section_key, effect_pupil.section_key) as section_key,
    min(effect_pupil.x) as x,
    min(effect_pupil.start_y) as start_y,
    bool_or(effect_pupil.low) as low
from effect_pupil
left join effect_home on effect_pupil.student_key = effect_home.student_key
group by effect_pupil.student_key, coalesce(effect_home.section_key, effect_pupil.section_key)
