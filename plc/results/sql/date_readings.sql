-- Every spelling of a date column under each order of month and day, and whether it falls in its school year.
-- parameters: $iso, $month_first, $day_first, $words, $earliest, $latest
-- columns: text, sure, month_first, day_first, month_fits, day_fits
-- scope: system
-- duckdb only: try_strptime takes a list of formats
with reading as (
    select
        text,
        school_year,
        coalesce(try_strptime(text, $iso), try_strptime(text, $words))::date as sure,
        try_strptime(text, $month_first)::date as month_first,
        try_strptime(text, $day_first)::date as day_first
    from date_spelling
),
plausible as (
    select
        text,
        school_year,
        case when year(sure) between $earliest and $latest then sure end as sure,
        case when year(month_first) between $earliest and $latest then month_first end as month_first,
        case when year(day_first) between $earliest and $latest then day_first end as day_first
    from reading
)
select
    text,
    any_value(sure) as sure,
    any_value(month_first) as month_first,
    any_value(day_first) as day_first,
    coalesce(bool_and(school_year = year(month_first) + if(month(month_first) >= 7, 1, 0)), false) as month_fits,
    coalesce(bool_and(school_year = year(day_first) + if(month(day_first) >= 7, 1, 0)), false) as day_fits
from plausible
group by text
order by text
