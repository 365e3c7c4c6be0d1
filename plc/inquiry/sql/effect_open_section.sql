-- The classes of a test whose figures this viewer may see: her own, and those that each of their teachers opened to her.
-- parameters: $teacher_id
-- columns: section_key
-- scope: visible
select effect_section.section_key
from effect_section
inner join section_teacher on effect_section.section_key = section_teacher.section_key
inner join teacher on section_teacher.teacher_key = teacher.teacher_key
left join visible_teacher as shown on teacher.teacher_id = shown.teacher_id and shown.opened
where section_teacher.share > 0
group by effect_section.section_key
having bool_and(shown.teacher_id is not null) or bool_or(teacher.teacher_id = $teacher_id)
