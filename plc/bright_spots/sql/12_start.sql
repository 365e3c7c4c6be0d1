-- The starting point of each student of `pupil` in her section: the latest result of an earlier year in the
-- subject, on a test enough classes took, that the section's teachers had no part in; else the baseline of the year
-- in which these teachers first had her, which for most is this year. `start_y` is null where there is none.
-- parameters: none
-- columns: student_key, section_key, period_key, outcomes, sum_y, start_scale, start_y, taught_before
-- scope: system
with earlier as (
    select
        pupil.student_key,
        pupil.section_key,
        max(place.start_scale) as start_scale,
        max_by(place.start_y, place.start_scale) as start_y
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
    select student_key, section_key, min(earlier_period) as first_period
    from taught_before
    group by student_key, section_key
),

-- When the section's teachers first had each student: before any of their teaching, a baseline is untouched.
first_met as (
    select pupil.student_key, pupil.section_key, coalesce(again.first_period, pupil.period_key) as period_key
    from pupil
    left join again on pupil.student_key = again.student_key and pupil.section_key = again.section_key
)

select
    pupil.student_key,
    pupil.section_key,
    pupil.period_key,
    pupil.outcomes,
    pupil.sum_y,
    coalesce(earlier.start_scale, baseline.start_scale) as start_scale,
    coalesce(earlier.start_y, baseline.start_y) as start_y,
    first_met.period_key < pupil.period_key as taught_before
from pupil
inner join first_met on pupil.student_key = first_met.student_key and pupil.section_key = first_met.section_key
left join earlier on pupil.student_key = earlier.student_key and pupil.section_key = earlier.section_key
left join baseline
    on first_met.student_key = baseline.student_key and first_met.period_key = baseline.period_key
