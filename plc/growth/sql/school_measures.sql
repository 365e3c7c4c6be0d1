-- Counts behind a school's row, one year after a start. Every school of the district is asked for,
-- because which small cells stay hidden depends on all of them; rows are cut to the viewer's after.
-- parameters: $school_ids
-- columns: subject, school_id, school_name, teachers, starts, others, caught_up, stayed, level_starts, level_others, kept_up, tracked, tracked_others, adequate, median_percentile
-- scope: school
with teaching as (
    select taught.subject, taught.school_key, count(distinct taught.teacher_key) as teachers
    from taught
    join start
        on start.student_key = taught.student_key
        and start.subject = taught.subject
        and start.start_year + 1 = taught.school_year
        and start.school_key = taught.school_key
    where start.horizon = 1
    group by taught.subject, taught.school_key
)
select
    start.subject,
    school.school_id,
    max(coalesce(school.name, school.school_id)) as school_name,
    max(teaching.teachers) as teachers,
    sum(start.behind) as starts,
    count(distinct case when start.behind = 1 then start.student_key end) as others,
    sum(start.caught_up) as caught_up,
    sum(start.stayed) as stayed,
    sum(1 - start.behind) as level_starts,
    count(distinct case when start.behind = 0 then start.student_key end) as level_others,
    sum(start.kept_up) as kept_up,
    sum(case when start.behind = 1 and start.adequate is not null then 1 else 0 end) as tracked,
    count(distinct case when start.behind = 1 and start.adequate is not null then start.student_key end)
        as tracked_others,
    sum(case when start.behind = 1 and start.adequate then 1 else 0 end) as adequate,
    median(case when start.behind = 1 then start.percentile end) as median_percentile
from start
join school on school.school_key = start.school_key
join teaching on teaching.subject = start.subject and teaching.school_key = start.school_key
where start.horizon = 1 and school.school_id in (select unnest($school_ids))
group by start.subject, school.school_id
order by start.subject nulls last, school_name nulls last, school.school_id nulls last
