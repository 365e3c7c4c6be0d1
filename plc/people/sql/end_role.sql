-- Ends one role of an account.
-- parameters: $account_role_id, $ended_at
-- columns: account_id, role
-- scope: system
update account_role set ended_at = $ended_at
where account_role_id = $account_role_id and ended_at is null
returning account_id, role
