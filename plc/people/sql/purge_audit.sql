-- Takes the oldest entries of the audit away, when the time they are kept for is over.
-- parameters: $entry_number
-- columns: none
-- scope: system
delete from audit_entry where entry_number <= $entry_number
