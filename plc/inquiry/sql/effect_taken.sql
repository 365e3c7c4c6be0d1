-- Who, beside a test's own classes, took one of its occasions: each student with that assessment and, beside it, the one
-- that gave her starting point, as results that the occasion's figures rest on.
-- parameters: none
-- columns: student_key, place_key, assessment_key, of_assessment
-- scope: system
with taken as (
    select distinct student_result.student_key, student_result.place_key, scale.assessment_key
    from student_result
    inner join effect_scale on student_result.scale_key = effect_scale.scale_key
    inner join scale on student_result.scale_key = scale.scale_key
    where student_result.place_key not in (select section_key from effect_section)
)

select student_key, place_key, assessment_key, assessment_key as of_assessment
from taken
union
select taken.student_key, taken.place_key, taken.assessment_key, scale.assessment_key as of_assessment
from taken
inner join start on taken.student_key = start.student_key
inner join scale on start.start_scale = scale.scale_key
