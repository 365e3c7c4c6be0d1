-- The maths classes of the sample district, with who teaches most of each.
-- parameters: none
-- columns: section_id, teacher_id, school_id, grade
-- scope: system
select
    section.section_id,
    max_by(teacher.teacher_id, section_teacher.share) as teacher_id,
    min(school.school_id) as school_id,
    min(section.grade) as grade
from section
inner join school on section.school_key = school.school_key
inner join section_teacher on section.section_key = section_teacher.section_key
inner join teacher on section_teacher.teacher_key = teacher.teacher_key
where section.subject = 'maths'
group by section.section_id
order by section.section_id nulls last
