-- Every cell a unit was ever in, by what divides people, and from which release to which.
-- parameters: $kind, $generation, $never
-- columns: frame, dimension, unit, cell, born, died
-- scope: system
create or replace temp table placed as
with alive as (
    select frame, dimension, unit, cell, born from figure_place where kind = $kind and died is null
)

select frame, dimension, unit, cell, born, died
from figure_place
where kind = $kind and died is not null
union all
select
    alive.frame,
    alive.dimension,
    alive.unit,
    alive.cell,
    alive.born,
    case when proposed_place.unit is null then $generation else $never end as died
from alive
left join proposed_place
    on
        proposed_place.frame = alive.frame
        and proposed_place.dimension = alive.dimension
        and proposed_place.unit = alive.unit
        and proposed_place.cell = alive.cell
union all
select
    proposed_place.frame,
    proposed_place.dimension,
    proposed_place.unit,
    proposed_place.cell,
    $generation as born,
    $never as died
from proposed_place
left join alive
    on
        alive.frame = proposed_place.frame
        and alive.dimension = proposed_place.dimension
        and alive.unit = proposed_place.unit
        and alive.cell = proposed_place.cell
where alive.unit is null
