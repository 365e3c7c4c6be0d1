-- Drop what older scans left in `scan_funnel`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_funnel where scan_key < $oldest
