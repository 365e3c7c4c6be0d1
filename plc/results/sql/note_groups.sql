-- Record the rows that put a student into another group than an earlier row does.
-- parameters: $file, $first_row, $scores_per_row
-- columns: none
-- scope: system
-- duckdb only: integer division
insert into found_issue
select $file, s.line // $scores_per_row + $first_row, 'group_' || s.group_name, 'group_differs', 'results_file', s.line
from stated_group s
join incoming_student_group i on i.student_key = s.student_key and i.group_name = s.group_name
where s.group_value <> i.group_value
