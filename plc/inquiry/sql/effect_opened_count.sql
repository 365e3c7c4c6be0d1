-- How many teachers' results are open to this viewer, her own among them.
-- parameters: none
-- columns: opened
-- scope: visible
select count(*) as opened
from visible_teacher
where opened
