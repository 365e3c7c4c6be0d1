-- The schools a teacher teaches in, in the latest school year.
-- parameters: $teacher_id, $unnamed_school
-- columns: school_id
-- scope: self
select distinct school.school_id
from section_teacher
inner join teacher on section_teacher.teacher_key = teacher.teacher_key
inner join section on section_teacher.section_key = section.section_key
inner join school on section.school_key = school.school_key
where
    teacher.teacher_id = $teacher_id
    and school.school_id <> $unnamed_school
    and section.school_year = (select max(latest.school_year) from section as latest)
