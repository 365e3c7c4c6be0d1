-- The cells of the latest release of a kind as they are shown, and when each was worked out.
-- parameters: $kind
-- columns: table_name, cell, label, made_in, figure, made_at
-- scope: system
select
    figure_cell.table_name,
    figure_cell.cell,
    figure_cell.label,
    figure_cell.made_in,
    figure_cell.figure,
    maker.released_at as made_at
from figure_cell
left join figure_release as maker on maker.kind = figure_cell.kind and maker.generation = figure_cell.made_in
where
    figure_cell.kind = $kind
    and figure_cell.generation = (
        select max(latest.generation) from figure_release as latest where latest.kind = $kind
    )
order by figure_cell.table_name nulls last, figure_cell.cell nulls last
