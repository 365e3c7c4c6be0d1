-- The students of a test's classes: whether they were there when the class started, have a starting point, sat an
-- occasion after and one before. Someone who sat the subject in another class before the start, and nothing here, or
-- whose enrolment begins later, joined after the start.
-- parameters: none
-- columns: student_key, section_key, there, started, after, before, low, x, start_y
-- scope: system
with sat as (
    select
        student_result.student_key,
        effect_section.section_key,
        max(case when student_result.place_key = effect_section.section_key and scale.taken_on <= effect_section.starts_on then 1 else 0 end) as here_before,
        max(case when student_result.place_key <> effect_section.section_key and scale.taken_on <= effect_section.starts_on then 1 else 0 end) as elsewhere_before
    from student_result
    inner join scale on student_result.scale_key = scale.scale_key
    inner join (
        select distinct student_result.student_key, student_result.place_key as section_key
        from student_result
        inner join effect_section on student_result.place_key = effect_section.section_key
        union
        select enrollment.student_key, enrollment.section_key
        from enrollment
        inner join effect_section on enrollment.section_key = effect_section.section_key
    ) as seen on student_result.student_key = seen.student_key
    inner join effect_section on seen.section_key = effect_section.section_key
    where scale.school_year = effect_section.school_year and scale.is_outcome and student_result.place_key > 0
    group by student_result.student_key, effect_section.section_key
),

known as (
    select
        enrollment.student_key,
        enrollment.section_key,
        min(enrollment.begin_on) as begin_on,
        max(coalesce(enrollment.end_on, date '9999-12-31')) as end_on
    from enrollment
    inner join effect_section on enrollment.section_key = effect_section.section_key
    group by enrollment.student_key, enrollment.section_key
),

measured as (
    select
        effect_result.student_key,
        effect_result.section_key,
        max(effect_result.after) as after,
        max(1 - effect_result.after) as before
    from effect_result
    inner join effect_section on effect_result.section_key = effect_section.section_key
    group by effect_result.student_key, effect_result.section_key
),

everyone as (
    select student_key, section_key from known
    union
    select student_key, section_key from measured
    union
    select student_key, section_key from sat where here_before = 1
)

select
    everyone.student_key,
    everyone.section_key,
    coalesce(sat.here_before, 0) = 1
    or (
        coalesce(known.begin_on, effect_section.starts_on) <= effect_section.starts_on
        and coalesce(known.end_on, effect_section.starts_on) >= effect_section.starts_on
        and coalesce(sat.elsewhere_before, 0) = 0
    ) as there,
    effect_pupil.x is not null as started,
    coalesce(measured.after, 0) = 1 as after,
    coalesce(measured.before, 0) = 1 as before,
    coalesce(effect_pupil.low, false) as low,
    effect_pupil.x,
    effect_pupil.start_y
from everyone
inner join effect_section on everyone.section_key = effect_section.section_key
left join sat on everyone.student_key = sat.student_key and everyone.section_key = sat.section_key
left join known on everyone.student_key = known.student_key and everyone.section_key = known.section_key
left join measured on everyone.student_key = measured.student_key and everyone.section_key = measured.section_key
left join effect_pupil
    on everyone.student_key = effect_pupil.student_key and everyone.section_key = effect_pupil.section_key
