-- Keep which uploads this scan knows, and which of them were taken back.
-- parameters: none
-- columns: none
-- scope: system
insert into scan_known_upload
select upload_key, state = 'undone' as is_undone from upload where state in ('confirmed', 'undone')
