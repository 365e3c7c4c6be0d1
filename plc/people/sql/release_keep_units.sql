-- Keep every value as of this release; what is gone keeps no value.
-- parameters: $kind, $never
-- columns: none
-- scope: system
insert into figure_unit (kind, whole, unit, student_key, contribution, born, died)
select
    $kind as kind,
    whole,
    unit,
    student_key,
    case when died = $never then contribution else '' end as contribution,
    born,
    case when died < $never then died end as died
from symbol
