-- Step 8: who counts in which figure. A unit is a student in the school year whose end the figure reads; her
-- contribution is 1 or 0. Wholes are `subject|measure`, with the years on where there are several.
-- parameters: none
-- columns: whole, unit, student_key, contribution, subject, school_year
-- scope: system
create or replace temp table proposed_unit as
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
),

-- Years in which a student who fell behind was still followed and not yet seen at level.
at_risk as (
    select
        followed.student_key,
        followed.subject,
        following.years,
        followed.start_year,
        case when followed.start_year + following.years = followed.level_year then 1 else 0 end as caught_up
    from followed
    cross join (select 1 as years union all select 2 as years union all select 3 as years) as following
    where followed.start_year + following.years <= coalesce(followed.level_year, followed.last_year)
),

latest as (
    select subject, max(school_year) as school_year from year_status group by subject
),

counted as (
    select subject, 'caught up ' || horizon as measure, student_key, start_year + horizon as school_year, caught_up as hit
    from start
    where behind = 1
    union all
    select subject, 'stayed ' || horizon as measure, student_key, start_year + horizon as school_year, stayed as hit
    from start
    where behind = 1
    union all
    select subject, 'kept up ' || horizon as measure, student_key, start_year + horizon as school_year, kept_up as hit
    from start
    where behind = 0
    union all
    select
        subject,
        'on track 1' as measure,
        student_key,
        start_year + 1 as school_year,
        case when adequate then 1 else 0 end as hit
    from start
    where behind = 1 and horizon = 1 and adequate is not null
    union all
    -- What a mean is over: that a student is in it; its size shows in steps too coarse to tell one.
    select subject, 'growth 1' as measure, student_key, start_year + 1 as school_year, 1 as hit
    from start
    where horizon = 1 and change is not null
    union all
    select subject, 'curve ' || years as measure, student_key, start_year + years as school_year, caught_up as hit
    from at_risk
    union all
    select
        year_status.subject,
        'at level' as measure,
        year_status.student_key,
        year_status.school_year,
        case when year_status.gap >= 0 then 1 else 0 end as hit
    from year_status
    join latest on latest.subject = year_status.subject and latest.school_year = year_status.school_year
)

select
    subject || '|' || measure as whole,
    cast(student_key as bigint) * 10000 + school_year as unit,
    student_key,
    cast(hit as varchar) as contribution,
    subject,
    school_year
from counted
