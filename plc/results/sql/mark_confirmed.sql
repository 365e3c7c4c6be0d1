-- An upload is confirmed.
-- parameters: $upload_key, $now
-- columns: none
-- scope: system
update upload
set state = 'confirmed', confirmed_at = $now
where upload_key = $upload_key
