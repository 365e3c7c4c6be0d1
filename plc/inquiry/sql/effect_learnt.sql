-- In which class of another subject the students of a test learnt it, result by result: before these are placed in
-- the test's classes.
-- parameters: none
-- columns: student_key, scale_key, place_key
-- scope: system
select student_result.student_key, student_result.scale_key, student_result.place_key
from student_result
inner join effect_home on student_result.student_key = effect_home.student_key
