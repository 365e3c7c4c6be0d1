-- The groups' residual cells in the order the kernel reads them.
-- parameters: none
-- columns: section_key, group_key, scale_key, students, mean_residual, square_residual
-- scope: system
select
    group_cell.section_key,
    group_cell.group_key,
    group_cell.scale_key,
    group_cell.students,
    group_cell.mean_residual - coalesce(scale_effect.effect, 0) as mean_residual,
    group_cell.square_residual
from group_cell
left join scale_effect on group_cell.scale_key = scale_effect.scale_key
order by group_cell.group_key, group_cell.section_key, group_cell.scale_key
