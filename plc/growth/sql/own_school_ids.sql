-- The schools a teacher teaches in.
-- parameters: $teacher_id
-- columns: school_id
-- scope: self
select distinct school.school_id
from teacher
join section_teacher on section_teacher.teacher_key = teacher.teacher_key
join section on section.section_key = section_teacher.section_key
join school on school.school_key = section.school_key
where teacher.teacher_id = $teacher_id
order by school.school_id nulls last
