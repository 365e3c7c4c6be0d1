-- Keep which uploads this scan knows.
-- parameters: none
-- columns: none
-- scope: system
insert into scan_known_upload
select upload_key from upload where state = 'confirmed'
