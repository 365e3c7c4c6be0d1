-- Record the rows about results that stay as they are.
-- parameters: $file, $first_row, $scores_per_row
-- columns: none
-- scope: system
-- duckdb only: integer division
insert into found_issue
select $file, line // $scores_per_row + $first_row, 'score', 'result_kept', 'results_file', line
from kept_result
