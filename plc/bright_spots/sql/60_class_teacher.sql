-- Who teaches each class.
-- parameters: none
-- columns: section_key, teacher_id, subject, grade, share
-- scope: system
select section.section_key, teacher.teacher_id, section.subject, section.grade, section_teacher.share
from section
inner join section_teacher on section.section_key = section_teacher.section_key
inner join teacher on section_teacher.teacher_key = teacher.teacher_key
