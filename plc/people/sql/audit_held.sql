-- How many entries the audit holds, since when, and how many come before the first one from a moment on.
-- parameters: $before
-- columns: entries, first_at, due
-- scope: system
select
    count(*) as entries,
    min(happened_at) as first_at,
    count(*) filter (
        where
            entry_number < coalesce(
                (select min(entry_number) from audit_entry where happened_at >= $before),
                (select max(entry_number) + 1 from audit_entry)
            )
    ) as due
from audit_entry
