-- Drop what older scans left in `scan_balancing`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_balancing where scan_key < $oldest
