-- Record the rows whose student group was left out.
-- parameters: $file, $first_row, $scores_per_row
-- columns: none
-- scope: system
-- duckdb only: integer division
insert into found_issue
select
    $file,
    line // $scores_per_row + $first_row,
    'group_' || group_name,
    'group_kept_by_roster',
    'results_file',
    line
from kept_group
