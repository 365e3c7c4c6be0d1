-- A bundle's enrolments: shares as given; else from the days in each section; else equal. Within a subject
-- and year a student's shares are scaled to sum to 1. An open end is the year's first or last day on record.
-- parameters: none
-- columns: line, student_key, section_key, share, begin_on, end_on, is_scaled
-- scope: system
with bounds as (
    select
        school_year,
        coalesce(min(begin_on), make_date(school_year - 1, 7, 1)) as first_day,
        coalesce(max(end_on), make_date(school_year, 6, 30)) as last_day
    from linked_enrollments
    where problem is null
    group by school_year
),
spelled as (
    select
        e.*,
        date_diff('day', coalesce(e.begin_on, b.first_day), coalesce(e.end_on, b.last_day)) + 1 as days
    from linked_enrollments e
    join bounds b on b.school_year = e.school_year
    where e.problem is null
),
weighed as (
    select
        *,
        coalesce(
            case when sum(share) over own_subject > 0 then share end,
            case when sum(greatest(days, 0)) over own_subject > 0 then greatest(days, 0)::double / sum(greatest(days, 0)) over own_subject end,
            1.0::double / count(*) over own_subject
        ) as weight
    from spelled
    window own_subject as (partition by student_key, subject, school_year)
)
select
    line,
    student_key,
    section_key,
    weight / nullif(sum(weight) over own_subject, 0) as share,
    begin_on,
    end_on,
    share is not null and abs(sum(weight) over own_subject - 1) > 0.005 as is_scaled
from weighed
window own_subject as (partition by student_key, subject, school_year)
