-- Record the rows that could not be placed, except those whose column the whole file lacks.
-- parameters: $file, $first_row, $scores_per_row, $unanswered
-- columns: none
-- scope: system
-- duckdb only: integer division
insert into found_issue
select $file, line // $scores_per_row + $first_row, problem_column, problem, 'results_file', line
from placed_row
where problem is not null and not (problem = 'missing' and list_contains($unanswered, problem_column))
