-- Every value a unit ever added to a whole, and from which release to which: `died` is the first release that no
-- longer holds it. A unit is one student in one school year.
-- parameters: $kind, $generation, $never
-- columns: whole, unit, student_key, contribution, born, died
-- scope: system
create or replace temp table symbol as
with alive as (
    select whole, unit, student_key, contribution, born from figure_unit where kind = $kind and died is null
)

select whole, unit, student_key, '' as contribution, born, died
from figure_unit
where kind = $kind and died is not null
union all
select
    alive.whole,
    alive.unit,
    alive.student_key,
    alive.contribution,
    alive.born,
    case when proposed_unit.unit is null then $generation else $never end as died
from alive
left join proposed_unit
    on
        proposed_unit.whole = alive.whole
        and proposed_unit.unit = alive.unit
        and proposed_unit.contribution = alive.contribution
union all
select
    proposed_unit.whole,
    proposed_unit.unit,
    proposed_unit.student_key,
    proposed_unit.contribution,
    $generation as born,
    $never as died
from proposed_unit
left join alive
    on
        alive.whole = proposed_unit.whole
        and alive.unit = proposed_unit.unit
        and alive.contribution = proposed_unit.contribution
where alive.unit is null
