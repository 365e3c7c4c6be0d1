-- The residual cells in the order the kernel reads them.
-- parameters: none
-- columns: section_key, scale_key, students, mean_residual, square_residual, at_ceiling
-- scope: system
select section_key, scale_key, students, mean_residual, square_residual, at_ceiling
from cell
order by section_key, scale_key
