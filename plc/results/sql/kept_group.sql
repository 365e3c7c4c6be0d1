-- Student groups that an upload may not state: of students in none of the uploader's classes, and those that the
-- roster states.
-- parameters: none
-- columns: student_key, group_name, line
-- scope: system
with own_student as (
    select e.student_key
    from enrollment e
    join own_section o on o.section_key = e.section_key
    union
    select n.student_key
    from numbered_row n
    join keyed_teacher t on t.teacher_key = n.teacher_key
    join uploader u on u.teacher_id = t.teacher_id
    where n.section_key is not null
),
stated_by_roster as (
    select distinct v.student_key, v.group_name
    from student_group_version v
    join upload u on u.upload_key = v.upload_key
    where v.superseded_by is null and starts_with(u.format, 'bundle')
)
select g.student_key, g.group_name, g.line
from stated_group g
cross join uploader u
left join stated_by_roster r on r.student_key = g.student_key and r.group_name = g.group_name
where r.student_key is not null or g.student_key not in (select student_key from own_student)
