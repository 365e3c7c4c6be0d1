-- Drop what older scans left in `scan_ingredient`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_ingredient where scan_key < $oldest
