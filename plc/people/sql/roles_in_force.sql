-- The roles an account has today, with their scope.
-- parameters: $account_id, $today
-- columns: role, school_id, team_id
-- scope: system
select role, school_id, team_id
from account_role
where
    account_id = $account_id
    and ended_at is null
    and from_on <= $today
    and (until_on is null or until_on >= $today)
order by given_at nulls last, account_role_id nulls last
