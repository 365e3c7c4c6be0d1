-- Students of whom no result and no class is left.
-- parameters: none
-- columns: student_key
-- scope: system
create or replace temp table gone_student as
select distinct student_version.student_key
from student_version
left join (select distinct student_key from result_version) as tested
    on student_version.student_key = tested.student_key
left join (select distinct student_key from enrollment_version) as enrolled
    on student_version.student_key = enrolled.student_key
where tested.student_key is null and enrolled.student_key is null
