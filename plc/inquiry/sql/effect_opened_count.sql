-- Of how many teachers the viewer knows the results, her own among them.
-- parameters: none
-- columns: opened
-- scope: visible
select count(*) as opened
from known_teacher
