-- Drop what older scans left in `scan_component`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_component where scan_key < $oldest
