-- The roles of some accounts that have not ended, and until when.
-- parameters: $account_ids, $today
-- columns: account_id, account_role_id, role, school_id, team_id, from_on, until_on
-- scope: system
-- duckdb only: unnest of a list parameter in a subquery
select account_id, account_role_id, role, school_id, team_id, from_on, until_on
from account_role
where
    account_id in (select unnest($account_ids))
    and ended_at is null
    and (until_on is null or until_on >= $today)
order by account_id nulls last, given_at nulls last, account_role_id nulls last
