-- Drop what older scans left in `scan_overlap`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_overlap where scan_key < $oldest
