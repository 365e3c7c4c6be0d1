-- Keeps the schools where a teacher teaches as those her decision was given for.
-- parameters: $consent_id, $teacher_id, $unnamed_school
-- columns: none
-- scope: self
insert into consent_school (consent_id, teacher_id, school_id)
select distinct $consent_id, teaching.teacher_id, teaching.school_id
from current_teaching as teaching
where teaching.teacher_id = $teacher_id and teaching.school_id <> $unnamed_school
