-- The codes of the students of one of the viewer's own classes, all of them, so that a code means the same
-- student wherever the class is shown.
-- parameters: $teacher_id, $section_id, $subject, $school_year
-- columns: student_key, pseudonym
-- scope: self
select distinct student.student_key, student.pseudonym
from enrollment
inner join taught_class as own on enrollment.section_key = own.section_key
inner join student on enrollment.student_key = student.student_key
where
    own.teacher_id = $teacher_id
    and own.section_id = $section_id
    and own.subject = $subject
    and own.school_year = $school_year
order by student.student_key
