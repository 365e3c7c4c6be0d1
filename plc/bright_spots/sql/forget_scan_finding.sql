-- Drop what older scans left in `scan_finding`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_finding where scan_key < $oldest
