-- Keep who teaches or taught whom as of this release.
-- parameters: $kind, $never
-- columns: none
-- scope: system
insert into figure_teacher (kind, whole, unit, teacher_key, since, until)
select $kind as kind, whole, unit, teacher_key, since, case when until < $never then until end as until
from teaching
