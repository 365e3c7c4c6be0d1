-- Who teaches or taught whom in the year a figure is read: the releases for which that was known.
-- parameters: $kind, $generation, $never
-- columns: whole, unit, teacher_key, since, until
-- scope: system
create or replace temp table teaching as
with alive as (
    select whole, unit, teacher_key, since from figure_teacher where kind = $kind and until is null
)

select whole, unit, teacher_key, since, until
from figure_teacher
where kind = $kind and until is not null
union all
select
    alive.whole,
    alive.unit,
    alive.teacher_key,
    alive.since,
    case when proposed_teacher.unit is null then $generation else $never end as until
from alive
left join proposed_teacher
    on
        proposed_teacher.whole = alive.whole
        and proposed_teacher.unit = alive.unit
        and proposed_teacher.teacher_key = alive.teacher_key
union all
select
    proposed_teacher.whole,
    proposed_teacher.unit,
    proposed_teacher.teacher_key,
    $generation as since,
    $never as until
from proposed_teacher
left join alive
    on
        alive.whole = proposed_teacher.whole
        and alive.unit = proposed_teacher.unit
        and alive.teacher_key = proposed_teacher.teacher_key
where alive.unit is null
