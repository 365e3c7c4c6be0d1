-- An invitation; of its code only a hash is kept.
-- parameters: $account_invitation_id, $address, $code_sha256, $role, $school_id, $team_id, $role_until_on, $invited_by, $invited_at, $expires_at
-- columns: none
-- scope: system
insert into account_invitation (
    account_invitation_id,
    address,
    code_sha256,
    role,
    school_id,
    team_id,
    role_until_on,
    invited_by,
    invited_at,
    expires_at
)
values (
    $account_invitation_id,
    $address,
    $code_sha256,
    $role,
    $school_id,
    $team_id,
    $role_until_on,
    $invited_by,
    $invited_at,
    $expires_at
)
