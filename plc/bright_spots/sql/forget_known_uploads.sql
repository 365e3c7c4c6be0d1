-- Drop the uploads that the scan before knew.
-- parameters: none
-- columns: none
-- scope: system
delete from scan_known_upload
