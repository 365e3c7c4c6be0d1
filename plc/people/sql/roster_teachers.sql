-- Every teacher with each course she teaches in her latest year, to choose from; no results.
-- parameters: none
-- columns: teacher_id, name, school_name, subject, grade
-- scope: system
with
    course as (
        select
            section_teacher.teacher_key,
            section.subject,
            section.grade,
            section.school_key,
            section.school_year,
            max(section.school_year) over (partition by section_teacher.teacher_key) as latest_year
        from section_teacher
        inner join section on section_teacher.section_key = section.section_key
    )
select distinct
    teacher.teacher_id,
    coalesce(teacher.name, teacher.teacher_id) as name,
    coalesce(school.name, school.school_id) as school_name,
    course.subject,
    course.grade
from teacher
left join
    course
    on teacher.teacher_key = course.teacher_key
    and course.school_year = course.latest_year
left join school on course.school_key = school.school_key
