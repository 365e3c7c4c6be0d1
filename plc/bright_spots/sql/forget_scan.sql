-- Drop what older scans left in `scan`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan where scan_key < $oldest
