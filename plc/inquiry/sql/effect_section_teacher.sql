-- Who teaches a test's classes, with their share.
-- parameters: none
-- columns: section_key, teacher_key, share
-- scope: system
select section_teacher.section_key, section_teacher.teacher_key, section_teacher.share
from section_teacher
inner join effect_section on section_teacher.section_key = effect_section.section_key
where section_teacher.share > 0
order by section_teacher.section_key, section_teacher.teacher_key
