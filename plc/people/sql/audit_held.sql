-- How many entries the audit holds, since when, and how many come up to the one it is due to be cut after.
-- parameters: $entry_number
-- columns: entries, first_at, due
-- scope: system
select
    count(*) as entries,
    min(happened_at) as first_at,
    count(*) filter (where entry_number <= $entry_number) as due
from audit_entry
