-- Keep every stay as of this release.
-- parameters: $kind, $never
-- columns: none
-- scope: system
insert into figure_place (kind, frame, dimension, unit, cell, born, died)
select $kind as kind, frame, dimension, unit, cell, born, case when died < $never then died end as died
from placed
