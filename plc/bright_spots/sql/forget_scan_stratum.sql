-- Drop what older scans left in `scan_stratum`, but what figures taken over from them are made of.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_stratum
where scan_key < $oldest and scan_key not in (select from_scan_key from scan_told)
