-- Takes an invitation back.
-- parameters: $account_invitation_id, $withdrawn_at
-- columns: account_invitation_id
-- scope: system
update account_invitation set withdrawn_at = $withdrawn_at
where account_invitation_id = $account_invitation_id and claimed_at is null and withdrawn_at is null
returning account_invitation_id
