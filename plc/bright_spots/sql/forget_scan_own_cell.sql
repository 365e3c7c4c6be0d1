-- Drop what older scans left in `scan_own_cell`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_own_cell where scan_key < $oldest
