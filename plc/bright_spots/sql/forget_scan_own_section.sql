-- Drop what older scans left in `scan_own_section`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_own_section where scan_key < $oldest
