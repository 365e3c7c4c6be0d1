-- The assessments of a test behind which at least so many teachers stand whose classes this viewer does not know, with
-- more than a few students each.
-- parameters: $least_teachers, $least_behind
-- columns: scale_key
-- scope: visible
with behind as (
    select student_result.scale_key, taught_class.teacher_id
    from student_result
    inner join effect_scale on student_result.scale_key = effect_scale.scale_key
    inner join taught_class on student_result.place_key = taught_class.section_key
    left join known_teacher as known on taught_class.teacher_id = known.teacher_id
    where taught_class.share > 0 and known.teacher_id is null
    group by student_result.scale_key, taught_class.teacher_id
    having count(distinct student_result.student_key) >= $least_behind
)

select scale_key
from behind
group by scale_key
having count(*) >= $least_teachers
