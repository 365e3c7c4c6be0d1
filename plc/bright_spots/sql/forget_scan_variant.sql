-- Drop what older scans left in `scan_variant`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_variant where scan_key < $oldest
