-- Student groups by subject: how many teachers have at least $minimum students of the group with a
-- starting point, and which share of all students with one the group is.
-- parameters: $minimum
-- columns: subject_key, group_name, group_value, teachers, share
-- scope: system
with pupil as (
    select
        expected.student_key,
        scanned_section.subject_key,
        section_teacher.teacher_key
    from expected
    inner join scanned_section on expected.section_key = scanned_section.section_key
    inner join section_teacher on expected.section_key = section_teacher.section_key
    where section_teacher.share > 0
),

everyone as (
    select subject_key, count(distinct student_key) as students from pupil group by subject_key
),

of_group as (
    select
        pupil.subject_key,
        student_group.group_name,
        student_group.group_value,
        count(distinct pupil.student_key) as students
    from pupil
    inner join student_group on pupil.student_key = student_group.student_key
    group by pupil.subject_key, student_group.group_name, student_group.group_value
),

taught as (
    select
        pupil.subject_key,
        student_group.group_name,
        student_group.group_value,
        pupil.teacher_key,
        count(distinct pupil.student_key) as students
    from pupil
    inner join student_group on pupil.student_key = student_group.student_key
    group by pupil.subject_key, student_group.group_name, student_group.group_value, pupil.teacher_key
),

enough as (
    select subject_key, group_name, group_value, count(*) as teachers
    from taught
    where students >= $minimum
    group by subject_key, group_name, group_value
)

select
    of_group.subject_key,
    of_group.group_name,
    of_group.group_value,
    enough.teachers,
    cast(of_group.students as double) / everyone.students as share
from of_group
inner join everyone on of_group.subject_key = everyone.subject_key
inner join enough
    on
        of_group.subject_key = enough.subject_key
        and of_group.group_name = enough.group_name
        and of_group.group_value = enough.group_value
order by of_group.subject_key, of_group.group_name, of_group.group_value
