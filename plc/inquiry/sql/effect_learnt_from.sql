-- From whom the compared students of each class of a test learnt another subject, and how many of them each taught.
-- parameters: none
-- columns: section_key, teacher_key, students
-- scope: system
select effect_member.section_key, section_teacher.teacher_key, count(distinct effect_member.student_key) as students
from effect_member
inner join effect_learnt on effect_member.student_key = effect_learnt.student_key
inner join effect_scale on effect_learnt.scale_key = effect_scale.scale_key
inner join section_teacher on effect_learnt.place_key = section_teacher.section_key
where
    effect_member.there
    and effect_member.started
    and effect_member.after
    and effect_scale.after = 1
    and section_teacher.share > 0
group by effect_member.section_key, section_teacher.teacher_key
order by effect_member.section_key, section_teacher.teacher_key
