-- Results of another subject, placed in the test's classes: a student of a class of the test counts there, wherever
-- she learns this subject.
-- parameters: none
-- columns: student_key, place_key, scale_key, z
-- scope: system
select
    student_result.student_key,
    coalesce(effect_home.section_key, student_result.place_key) as place_key,
    student_result.scale_key,
    student_result.z
from student_result
left join effect_home on student_result.student_key = effect_home.student_key
