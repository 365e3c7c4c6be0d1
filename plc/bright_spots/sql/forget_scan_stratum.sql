-- Drop what older scans left in `scan_stratum`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_stratum where scan_key < $oldest
