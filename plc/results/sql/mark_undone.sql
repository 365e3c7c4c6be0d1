-- An upload is undone.
-- parameters: $upload_key, $now
-- columns: none
-- scope: system
update upload
set state = 'undone', undone_at = $now
where upload_key = $upload_key
