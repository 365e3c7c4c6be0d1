-- The key of the latest scan, 0 before the first: what changes when pages have a new scan to show.
-- parameters: none
-- columns: scan_key
-- scope: system
select coalesce(max(scan_key), 0) as scan_key from scan
