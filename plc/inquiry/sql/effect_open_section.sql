-- The classes of a test whose figures this viewer may see: her own, and those that each of their teachers opened to her.
-- parameters: $teacher_id
-- columns: section_key
-- scope: visible
select effect_section.section_key
from effect_section
inner join taught_class on effect_section.section_key = taught_class.section_key
left join known_teacher as known on taught_class.teacher_id = known.teacher_id
where taught_class.share > 0
group by effect_section.section_key
having bool_and(known.teacher_id is not null) or bool_or(taught_class.teacher_id = $teacher_id)
