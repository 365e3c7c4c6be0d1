-- A digest went out.
-- parameters: $meeting_id, $sent_at
-- columns: none
-- scope: system
update meeting set digest_sent_at = $sent_at where meeting_id = $meeting_id
