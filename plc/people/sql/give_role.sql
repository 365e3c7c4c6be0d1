-- Gives an account a role.
-- parameters: $account_role_id, $account_id, $role, $school_id, $team_id, $from_on, $until_on, $given_by, $given_at
-- columns: none
-- scope: system
insert into account_role (
    account_role_id, account_id, role, school_id, team_id, from_on, until_on, given_by, given_at
)
values (
    $account_role_id, $account_id, $role, $school_id, $team_id, $from_on, $until_on, $given_by, $given_at
)
