-- Students at level in each school at the end of the latest year of the subject: proficiency, not growth.
-- parameters: $school_ids
-- columns: subject, school_id, students, at_level
-- scope: school
with latest as (
    select subject, max(school_year) as school_year from year_status group by subject
),
place as (
    select distinct taught.student_key, taught.subject, taught.school_year, school.school_id
    from taught
    join school on school.school_key = taught.school_key
)
select
    year_status.subject,
    place.school_id,
    count(distinct year_status.student_key) as students,
    count(distinct case when year_status.gap >= 0 then year_status.student_key end) as at_level
from year_status
join latest on latest.subject = year_status.subject and latest.school_year = year_status.school_year
join place
    on place.student_key = year_status.student_key
    and place.subject = year_status.subject
    and place.school_year = year_status.school_year
where place.school_id in (select unnest($school_ids))
group by year_status.subject, place.school_id
order by year_status.subject nulls last, place.school_id nulls last
