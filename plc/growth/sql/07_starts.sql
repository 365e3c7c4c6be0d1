-- Step 7: later_status with the school of the year after the start (the one with the larger share), the growth
-- of that year, and flags as 0 or 1. A start outside any section has no school.
-- parameters: none
-- columns: student_key, subject, start_year, grade, horizon, start_gap, gap_bin, behind, at_level_now, caught_up, stayed, kept_up, percentile, adequate, change, school_key
-- scope: system
create or replace temp table start as
select
    later_status.student_key,
    later_status.subject,
    later_status.start_year,
    later_status.grade,
    later_status.horizon,
    later_status.start_gap,
    cast(greatest(floor(later_status.start_gap / 0.25), -12) as integer) as gap_bin,
    case when later_status.start_gap < 0 then 1 else 0 end as behind,
    case when later_status.gap >= 0 then 1 else 0 end as at_level_now,
    case when later_status.start_gap < 0 and later_status.gap >= 0 then 1 else 0 end as caught_up,
    case when later_status.start_gap < 0 and later_status.last_two_gap >= 0 then 1 else 0 end as stayed,
    case when later_status.start_gap >= 0 and later_status.lowest_gap >= 0 then 1 else 0 end as kept_up,
    growth.percentile,
    growth.adequate,
    later_status.standing - later_status.start_standing as change,
    main_school.school_key
from later_status
left join growth
    on growth.student_key = later_status.student_key
    and growth.subject = later_status.subject
    and growth.start_year = later_status.start_year
    and later_status.horizon = 1
left join main_school
    on main_school.student_key = later_status.student_key
    and main_school.subject = later_status.subject
    and main_school.school_year = later_status.start_year + 1
