-- The students of a teacher's own classes in the latest school year, with their pseudonyms.
-- parameters: $teacher_id
-- columns: student_key, pseudonym, pseudonym_unpadded
-- scope: self
select distinct student.student_key, student.pseudonym, student.pseudonym_unpadded
from section_teacher
inner join teacher on section_teacher.teacher_key = teacher.teacher_key
inner join section on section_teacher.section_key = section.section_key
inner join enrollment on section.section_key = enrollment.section_key
inner join student on enrollment.student_key = student.student_key
where
    teacher.teacher_id = $teacher_id
    and section.school_year = (select max(latest.school_year) from section as latest)
order by student.student_key nulls last
