-- Students at level in each student group at the end of the latest year of the subject; `others` are
-- those outside the classes of the teacher who looks.
-- parameters: $teacher_id
-- columns: subject, group_name, group_value, students, others, at_level
-- scope: system
with latest as (
    select subject, max(school_year) as school_year from year_status group by subject
),
own as (
    select distinct taught.student_key, taught.subject, taught.school_year
    from taught
    join teacher on teacher.teacher_key = taught.teacher_key
    where teacher.teacher_id = $teacher_id
),
named as (select distinct group_name from student_group)
select
    year_status.subject,
    named.group_name,
    coalesce(student_group.group_value, 'not recorded') as group_value,
    count(distinct year_status.student_key) as students,
    count(distinct case when own.student_key is null then year_status.student_key end) as others,
    count(distinct case when year_status.gap >= 0 then year_status.student_key end) as at_level
from year_status
join latest on latest.subject = year_status.subject and latest.school_year = year_status.school_year
cross join named
left join student_group
    on student_group.student_key = year_status.student_key and student_group.group_name = named.group_name
left join own
    on own.student_key = year_status.student_key
    and own.subject = year_status.subject
    and own.school_year = year_status.school_year
group by year_status.subject, named.group_name, coalesce(student_group.group_value, 'not recorded')
order by year_status.subject nulls last, named.group_name nulls last, group_value nulls last
