-- Keep the cells of a release.
-- parameters: $kind, $generation
-- columns: none
-- scope: system
insert into figure_cell (kind, generation, table_name, cell, label, made_in, figure)
select
    $kind as kind,
    $generation as generation,
    table_name,
    cell,
    label,
    cast(made_in as integer) as made_in,
    figure
from supplied
