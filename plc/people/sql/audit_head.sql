-- The last entry of the audit.
-- parameters: none
-- columns: entry_number, entry_hash
-- scope: system
select entry_number, entry_hash from audit_head
