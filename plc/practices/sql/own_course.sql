-- What a teacher teaches, or a principal's schools, in the latest school year.
-- parameters: $teacher_id, $school_ids
-- columns: subject, grade
-- scope: school
-- duckdb only: unnest of a list parameter
select distinct section.subject, section.grade
from section_teacher
inner join teacher on section_teacher.teacher_key = teacher.teacher_key
inner join section on section_teacher.section_key = section.section_key
inner join school on section.school_key = school.school_key
where
    (teacher.teacher_id = $teacher_id or school.school_id in (select unnest($school_ids)))
    and section.school_year = (select max(latest.school_year) from section as latest)
