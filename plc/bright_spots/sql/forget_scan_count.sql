-- Drop what older scans left in `scan_count`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_count where scan_key < $oldest
