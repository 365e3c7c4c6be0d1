-- Ends every sign-in of an account.
-- parameters: $account_id, $ended_at
-- columns: none
-- scope: system
update account_session set ended_at = $ended_at
where account_id = $account_id and ended_at is null
