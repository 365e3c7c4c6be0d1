-- Purges whose copies and derived figures are still to go.
-- parameters: none
-- columns: purged_at
-- scope: system
select purged_at
from purge
where finished_at is null
order by purged_at nulls last
