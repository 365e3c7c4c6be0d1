-- Drop what older scans left in `scan_carried`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_carried where scan_key < $oldest
