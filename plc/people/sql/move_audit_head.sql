-- Says which entry of the audit is the last.
-- parameters: $entry_number, $entry_hash
-- columns: none
-- scope: system
update audit_head set entry_number = $entry_number, entry_hash = $entry_hash
