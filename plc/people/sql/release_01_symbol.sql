-- Every value a unit ever added to a whole, and from which release to which: `died` is the first release that no
-- longer holds it. A unit is one student in one school year. A value that comes back is the one it was: a row for
-- each stay, of one `first_born`. `kept` is what is remembered of it once it is gone, a word under a key.
-- parameters: $kind, $generation, $never, $secret
-- columns: whole, unit, student_key, contribution, kept, first_born, born, died
-- scope: system
create or replace temp table symbol as
with alive as (
    select
        whole,
        unit,
        student_key,
        contribution,
        first_born,
        born,
        -- An erased student's place has no value.
        case when contribution <> '' then md5(concat_ws('/', $secret, whole, unit, contribution)) else '' end as kept
    from figure_unit
    where kind = $kind and died is null
),

gone as (
    select whole, unit, student_key, contribution as kept, first_born, born, died
    from figure_unit
    where kind = $kind and died is not null
),

known as (
    select distinct whole, unit, kept, first_born from gone where kept <> ''
),

proposed as (
    select
        whole,
        unit,
        student_key,
        contribution,
        md5(concat_ws('/', $secret, whole, unit, contribution)) as kept
    from proposed_unit
)

select whole, unit, student_key, '' as contribution, kept, first_born, born, died
from gone
union all
select
    alive.whole,
    alive.unit,
    alive.student_key,
    alive.contribution,
    alive.kept,
    alive.first_born,
    alive.born,
    case when proposed.unit is null then $generation else $never end as died
from alive
left join proposed
    on
        proposed.whole = alive.whole
        and proposed.unit = alive.unit
        and proposed.contribution = alive.contribution
union all
select
    proposed.whole,
    proposed.unit,
    proposed.student_key,
    proposed.contribution,
    proposed.kept,
    coalesce(known.first_born, $generation) as first_born,
    $generation as born,
    $never as died
from proposed
left join alive
    on
        alive.whole = proposed.whole
        and alive.unit = proposed.unit
        and alive.contribution = proposed.contribution
left join known
    on
        known.whole = proposed.whole
        and known.unit = proposed.unit
        and known.kept = proposed.kept
where alive.unit is null
