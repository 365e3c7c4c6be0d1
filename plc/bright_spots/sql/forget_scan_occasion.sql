-- Drop what older scans left in `scan_occasion`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_occasion where scan_key < $oldest
