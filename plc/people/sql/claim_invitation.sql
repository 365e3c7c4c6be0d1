-- Uses an invitation up, once, for the address it was sent to.
-- parameters: $code_sha256, $address, $claimed_at, $claimed_by
-- columns: account_invitation_id, role, school_id, team_id, role_until_on
-- scope: system
update account_invitation set claimed_at = $claimed_at, claimed_by = $claimed_by
where
    code_sha256 = $code_sha256
    and address = $address
    and claimed_at is null
    and withdrawn_at is null
    and expires_at > $claimed_at
returning account_invitation_id, role, school_id, team_id, role_until_on
