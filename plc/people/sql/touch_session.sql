-- Notes that a sign-in was used.
-- parameters: $account_id, $signed_in_at, $seen_at
-- columns: none
-- scope: system
update account_session set seen_at = $seen_at
where account_id = $account_id and signed_in_at = $signed_in_at and ended_at is null
