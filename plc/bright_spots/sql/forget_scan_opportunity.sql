-- Drop what older scans left in `scan_opportunity`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_opportunity where scan_key < $oldest
