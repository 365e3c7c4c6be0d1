-- The test's class of each student it compares; a student of two of its classes counts in one.
-- parameters: none
-- columns: student_key, section_key
-- scope: system
select student_key, min(section_key) as section_key
from effect_member
where there and after and started
group by student_key
