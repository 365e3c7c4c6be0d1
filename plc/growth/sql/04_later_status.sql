-- Step 4: every start (a student's standing at the end of one year) beside the same student one, two
-- and three years later. `lowest_gap` is the lowest year-end gap from the year after the start.
-- parameters: $longest_horizon
-- columns: student_key, subject, start_year, grade, start_gap, start_standing, cut_standing, horizon, gap, standing, last_two_gap, lowest_gap
-- scope: system
create or replace temp table later_status as
select
    earlier.student_key,
    earlier.subject,
    earlier.school_year as start_year,
    earlier.grade,
    earlier.gap as start_gap,
    earlier.standing as start_standing,
    earlier.cut_standing,
    later.school_year - earlier.school_year as horizon,
    later.gap,
    later.standing,
    later.last_two_gap,
    min(later.gap) over (
        partition by earlier.student_key, earlier.subject, earlier.school_year order by later.school_year
    ) as lowest_gap
from year_status as earlier
join year_status as later
    on later.student_key = earlier.student_key
    and later.subject = earlier.subject
    and later.school_year > earlier.school_year
    and later.school_year <= earlier.school_year + $longest_horizon
