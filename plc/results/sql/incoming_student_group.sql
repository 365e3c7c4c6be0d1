-- Student groups of a results file: of two values for one student, the first.
-- parameters: none
-- columns: student_key, group_name, group_value
-- scope: system
-- duckdb only: arg_min
select student_key, group_name, arg_min(group_value, line) as group_value
from stated_group
group by student_key, group_name
