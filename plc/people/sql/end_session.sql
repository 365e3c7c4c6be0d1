-- Ends one sign-in: whoever copied its cookie is out as well.
-- parameters: $account_id, $signed_in_at, $ended_at
-- columns: none
-- scope: system
update account_session set ended_at = $ended_at
where account_id = $account_id and signed_in_at = $signed_in_at and ended_at is null
