-- Values with the same path stood in the same cells in the same releases, so that no figure tells them apart.
-- `path` lists dimension, cell, first release and end of each stay, parted by control characters; a stay in the
-- whole itself has neither dimension nor cell. A value that went and came back has several. `died` is the path's last end.
-- parameters: none
-- columns: whole, unit, student_key, died, path
-- scope: system
-- duckdb only: an ordered string_agg
create or replace temp table value_path as
with held as (
    select
        symbol.whole,
        symbol.unit,
        symbol.student_key,
        symbol.first_born,
        symbol.born,
        symbol.died,
        proposed_whole.frame
    from symbol
    inner join proposed_whole on symbol.whole = proposed_whole.whole
),

stay as (
    select whole, unit, student_key, first_born, '' as dimension, '' as cell, born as begins, died as ends
    from held
    union all
    select
        held.whole,
        held.unit,
        held.student_key,
        held.first_born,
        placed.dimension,
        placed.cell,
        greatest(placed.born, held.born) as begins,
        least(placed.died, held.died) as ends
    from held
    inner join placed
        on
            placed.frame = held.frame
            and placed.unit = held.unit
            and placed.born < held.died
            and placed.died > held.born
)

select
    whole,
    unit,
    student_key,
    max(ends) as died,
    string_agg(
        dimension || chr(31) || cell || chr(31) || begins || chr(31) || ends, chr(30)
        order by dimension, cell, begins
    ) as path
from stay
group by whole, unit, student_key, first_born
