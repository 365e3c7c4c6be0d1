-- The starting point of each student in each class of one school year with any result, as the scan finds it: the
-- latest result of an earlier year in the subject that the class's teachers had no part in, on a test enough classes
-- took; else the baseline of the year in which these teachers first had her. A test only the team gave makes a
-- student known here although it is no outcome of the scan.
-- parameters: $school_year
-- columns: student_key, section_key, start_scale, start_y
-- scope: system
with pupil as (
    select place.student_key, place.place_key as section_key, place.period_key
    from place
    inner join scanned_section on place.place_key = scanned_section.section_key
    where scanned_section.school_year = cast($school_year as integer)
),

earlier as (
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
)

select
    pupil.student_key,
    pupil.section_key,
    coalesce(earlier.start_scale, baseline.start_scale) as start_scale,
    coalesce(earlier.start_y, baseline.start_y) as start_y
from pupil
left join again on pupil.student_key = again.student_key and pupil.section_key = again.section_key
left join earlier on pupil.student_key = earlier.student_key and pupil.section_key = earlier.section_key
left join baseline
    on
        pupil.student_key = baseline.student_key
        and coalesce(again.first_period, pupil.period_key) = baseline.period_key
