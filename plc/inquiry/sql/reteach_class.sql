-- The codes of the students of one of the viewer's own classes, all of them, so that a code means the same
-- student wherever the class is shown.
-- parameters: $teacher_id, $section_id, $subject, $school_year
-- columns: student_key, pseudonym
-- scope: self
select distinct student.student_key, student.pseudonym
from enrollment
inner join section on enrollment.section_key = section.section_key
inner join section_teacher on section.section_key = section_teacher.section_key
inner join teacher on section_teacher.teacher_key = teacher.teacher_key
inner join student on enrollment.student_key = student.student_key
where
    teacher.teacher_id = $teacher_id
    and section.section_id = $section_id
    and section.subject = $subject
    and section.school_year = $school_year
order by student.student_key
