-- Yardsticks as results stand today, with the highest starting point of the lowest and of the middle third of the
-- district's course, ties together.
-- parameters: $yardstick_ids, $assessment_ids, $subject, $grade, $school_year, $taken_on
-- columns: none
-- scope: system
-- duckdb only: unnest of two lists side by side
insert into seek_yardstick
with placed as (
    select (seek_start.share - seek_start_scale.mean_share) / nullif(seek_start_scale.sd_share, 0) as x
    from seek_start
    inner join seek_start_scale on seek_start.start_key = seek_start_scale.start_key
),

ordered as (
    select
        x,
        rank() over (order by x) - 1 as before,
        count(*) over (order by x) as up_to,
        count(*) over () as students
    from placed
    where x is not null
),

cut as (
    select
        max(x) filter (where 3 * (before + up_to) < 2 * students) as low_cut,
        max(x) filter (where 3 * (before + up_to) < 4 * students) as middle_cut
    from ordered
),

latest as (
    select coalesce(max(number), 0) as number
    from seek_yardstick
    where subject = $subject and school_year = $school_year
),

asked as (
    select unnest($yardstick_ids) as yardstick_id, unnest($assessment_ids) as assessment_id
)

select
    asked.yardstick_id,
    $subject as subject,
    $grade as grade,
    $school_year as school_year,
    asked.assessment_id,
    latest.number + 1 as number,
    $taken_on as taken_on,
    cut.low_cut,
    cut.middle_cut
from asked
cross join latest
cross join cut
