-- Record the rows that contradict an earlier row of the same file.
-- parameters: $file, $first_row, $scores_per_row
-- columns: none
-- scope: system
-- duckdb only: integer division
insert into found_issue
select $file, line // $scores_per_row + $first_row, 'score', 'conflicting_score', 'results_file', line
from repeated_row
where verdict = 'conflict'
