-- Drop what older scans left in `scan_prediction`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_prediction where scan_key < $oldest
