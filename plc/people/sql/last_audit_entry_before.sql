-- The last entry of the audit before the first one from a moment on, none where there is none: a trail is cut at one
-- place, and an entry stamped by a clock that stood wrong takes no younger one with it.
-- parameters: $before
-- columns: entry_number, entry_hash
-- scope: system
select entry_number, entry_hash
from audit_entry
where
    entry_number < coalesce(
        (select min(entry_number) from audit_entry where happened_at >= $before),
        (select max(entry_number) + 1 from audit_entry)
    )
order by entry_number desc nulls last
limit 1
