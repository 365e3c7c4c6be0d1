-- Record the kept rows whose score is far above the others of its assessment.
-- parameters: $file, $first_row, $scores_per_row
-- columns: none
-- scope: system
-- duckdb only: integer division
insert into found_issue
select $file, line // $scores_per_row + $first_row, 'score', 'score_far_out', 'results_file', line
from score_out_of_reach
where rejected is not true
