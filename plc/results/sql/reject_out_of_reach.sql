-- Set the problem of the rows whose score is out of reach.
-- parameters: none
-- columns: none
-- scope: system
update placed_row
set problem_column = 'score', problem = 'score_out_of_reach'
where line in (select line from score_out_of_reach where rejected)
