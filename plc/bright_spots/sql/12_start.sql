-- The starting point of each student in each section with outcomes: the latest result of an earlier
-- year in the subject that the section's teachers had no part in; else, for students new to these
-- teachers, the year's baseline. `start_y` is null where there is none.
-- parameters: none
-- columns: student_key, section_key, period_key, outcomes, sum_y, start_scale, start_y, taught_before
-- scope: system
with pupil as (
    select place.student_key, place.place_key as section_key, place.period_key, place.outcomes, place.sum_y
    from place
    inner join scanned_section on place.place_key = scanned_section.section_key
    where scanned_section.in_scope and place.outcomes > 0
),

earlier as (
    select
        pupil.student_key,
        pupil.section_key,
        max(place.last_scale) as start_scale,
        max_by(place.last_y, place.last_scale) as start_y
    from pupil
    inner join place
        on
            pupil.student_key = place.student_key
            and pupil.period_key // 10000 = place.period_key // 10000
            and pupil.period_key > place.period_key
    left join taught_before
        on
            pupil.student_key = taught_before.student_key
            and pupil.section_key = taught_before.section_key
            and place.period_key = taught_before.earlier_period
    where taught_before.student_key is null
    group by pupil.student_key, pupil.section_key
),

baseline as (
    select student_key, period_key, min(baseline_scale) as start_scale, min_by(baseline_y, baseline_scale) as start_y
    from place
    where baseline_scale is not null
    group by student_key, period_key
),

again as (
    select distinct student_key, section_key from taught_before
)

select
    pupil.student_key,
    pupil.section_key,
    pupil.period_key,
    pupil.outcomes,
    pupil.sum_y,
    coalesce(earlier.start_scale, case when again.student_key is null then baseline.start_scale end) as start_scale,
    coalesce(earlier.start_y, case when again.student_key is null then baseline.start_y end) as start_y,
    again.student_key is not null as taught_before
from pupil
left join earlier on pupil.student_key = earlier.student_key and pupil.section_key = earlier.section_key
left join baseline on pupil.student_key = baseline.student_key and pupil.period_key = baseline.period_key
left join again on pupil.student_key = again.student_key and pupil.section_key = again.section_key
