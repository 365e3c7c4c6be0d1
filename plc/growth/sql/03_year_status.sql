-- Step 3: where each student stands at the end of each year. `gap` is the mean distance from the cut
-- over the last two assessments of the year, in SD of the scale's first year (below 0 is behind);
-- `last_two_gap` the lower of the student's last two occasions, whichever year the first fell in.
-- `standing` is the gap as a z-score among the subject, grade and year, `cut_standing` the cut there.
-- parameters: $fewest_students
-- columns: student_key, subject, school_year, grade, gap, last_two_gap, standing, cut_standing
-- scope: system
create or replace temp table year_status as
with year_end as (
    select
        student_key,
        subject,
        school_year,
        max(grade) as grade,
        avg(gap) as gap,
        min(case when newest = 1 and earlier_gap < gap then earlier_gap when newest = 1 then gap end)
            as lower_gap,
        max(case when newest = 1 and earlier_gap is not null then 1 else 0 end) as has_two
    from year_end_score
    group by student_key, subject, school_year
),
stratum as (
    select subject, grade, school_year, count(*) as students, avg(gap) as mean_gap, stddev_samp(gap) as spread
    from year_end
    group by subject, grade, school_year
)
select
    year_end.student_key,
    year_end.subject,
    year_end.school_year,
    year_end.grade,
    year_end.gap,
    case when year_end.has_two = 1 then year_end.lower_gap end as last_two_gap,
    case
        when stratum.students >= $fewest_students
        then (year_end.gap - stratum.mean_gap) / nullif(stratum.spread, 0)
    end as standing,
    case when stratum.students >= $fewest_students then -stratum.mean_gap / nullif(stratum.spread, 0) end
        as cut_standing
from year_end
join stratum
    on stratum.subject = year_end.subject
    and stratum.grade = year_end.grade
    and stratum.school_year = year_end.school_year
