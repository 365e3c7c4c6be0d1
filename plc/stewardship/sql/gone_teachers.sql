-- Who teaches or taught the students in `gone_student`, while their rows are there.
-- parameters: none
-- columns: teacher_id
-- scope: system
with sat_in as (
    select section_key from enrollment where student_key in (select gone_student.student_key from gone_student)
    union
    select section_key from result where student_key in (select gone_student.student_key from gone_student)
)

select distinct taught_class.teacher_id
from taught_class
inner join sat_in on taught_class.section_key = sat_in.section_key
order by taught_class.teacher_id
