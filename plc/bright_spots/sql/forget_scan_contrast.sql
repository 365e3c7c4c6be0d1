-- Drop what older scans left in `scan_contrast`.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_contrast where scan_key < $oldest
