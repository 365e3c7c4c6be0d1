-- Set the problem of the rows by which an upload would say who teaches, who is in a class or how an assessment is
-- scored.
-- parameters: none
-- columns: none
-- scope: system
update placed_row
set problem_column = c.problem_column, problem = c.problem
from claim_problem c
where placed_row.line = c.line
