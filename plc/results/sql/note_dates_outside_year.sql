-- Record the kept rows whose date lies outside their school year (July to June).
-- parameters: $file, $first_row, $scores_per_row
-- columns: none
-- scope: system
-- duckdb only: integer division
insert into found_issue
select $file, line // $scores_per_row + $first_row, 'date', 'date_outside_school_year', 'results_file', line
from placed_row
where problem is null and year(taken_on) + case when month(taken_on) >= 7 then 1 else 0 end <> school_year
