-- The students of a teacher's own classes in the latest school year, with their pseudonyms.
-- parameters: $teacher_id
-- columns: student_key, pseudonym, pseudonym_unpadded
-- scope: self
select distinct student.student_key, student.pseudonym, student.pseudonym_unpadded
from current_teaching as teaching
inner join enrollment on teaching.section_key = enrollment.section_key
inner join student on enrollment.student_key = student.student_key
where teaching.teacher_id = $teacher_id
order by student.student_key nulls last
