-- The last entry of the audit from before a moment.
-- parameters: $before
-- columns: entry_number
-- scope: system
select coalesce(max(entry_number), 0) as entry_number from audit_entry where happened_at < $before
