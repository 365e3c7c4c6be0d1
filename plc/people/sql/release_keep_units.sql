-- Keep every value as of this release; what is gone keeps a word under a key, by which it is known if it comes back.
-- parameters: $kind, $never
-- columns: none
-- scope: system
insert into figure_unit (kind, whole, unit, student_key, contribution, first_born, born, died)
select
    $kind as kind,
    whole,
    unit,
    student_key,
    case when died = $never then contribution else kept end as contribution,
    first_born,
    born,
    case when died < $never then died end as died
from symbol
