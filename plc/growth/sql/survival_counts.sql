-- Each student once, from the first year end seen behind: in which year after it she was first seen at
-- level, or how many years she was followed without it. A year missed in between stays in the count.
-- parameters: none
-- columns: subject, years, caught_up, left_off
-- scope: system
with first_behind as (
    select student_key, subject, min(school_year) as start_year
    from year_status
    where gap < 0
    group by student_key, subject
),
followed as (
    select
        first_behind.student_key,
        first_behind.subject,
        first_behind.start_year,
        min(case when year_status.gap >= 0 then year_status.school_year end) as level_year,
        max(year_status.school_year) as last_year
    from first_behind
    join year_status
        on year_status.student_key = first_behind.student_key
        and year_status.subject = first_behind.subject
        and year_status.school_year > first_behind.start_year
    group by first_behind.student_key, first_behind.subject, first_behind.start_year
)
select
    subject,
    coalesce(level_year, last_year) - start_year as years,
    sum(case when level_year is null then 0 else 1 end) as caught_up,
    sum(case when level_year is null then 1 else 0 end) as left_off
from followed
group by subject, coalesce(level_year, last_year) - start_year
order by subject nulls last, years nulls last
