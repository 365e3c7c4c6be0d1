-- The groups' residual cells in the order the kernel reads them.
-- parameters: none
-- columns: section_key, group_key, scale_key, students, mean_residual, square_residual
-- scope: system
select section_key, group_key, scale_key, students, mean_residual, square_residual
from group_cell
order by group_key, section_key, scale_key
