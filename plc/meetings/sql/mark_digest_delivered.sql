-- An account got a digest.
-- parameters: $meeting_id, $account_id, $sent_at
-- columns: none
-- scope: system
insert into digest_delivery (meeting_id, account_id, sent_at)
values ($meeting_id, $account_id, $sent_at)
