-- Values with the same path were in the same cells in the same releases, so that no figure tells them apart.
-- `path` lists dimension, cell, first release and end of each stay, parted by control characters.
-- parameters: none
-- columns: whole, unit, student_key, born, died, path
-- scope: system
-- duckdb only: an ordered string_agg
create or replace temp table value_path as
with stay as (
    select
        symbol.whole,
        symbol.unit,
        symbol.student_key,
        symbol.born,
        symbol.died,
        placed.dimension,
        placed.cell,
        greatest(placed.born, symbol.born) as begins,
        least(placed.died, symbol.died) as ends
    from symbol
    inner join proposed_whole on symbol.whole = proposed_whole.whole
    left join placed
        on
            placed.frame = proposed_whole.frame
            and placed.unit = symbol.unit
            and placed.born < symbol.died
            and placed.died > symbol.born
)

select
    whole,
    unit,
    student_key,
    born,
    died,
    coalesce(
        string_agg(
            dimension || chr(31) || cell || chr(31) || begins || chr(31) || ends, chr(30)
            order by dimension, cell, begins
        ),
        ''
    ) as path
from stay
group by whole, unit, student_key, born, died
