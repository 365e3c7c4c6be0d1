-- Accounts that are data stewards today.
-- parameters: $today
-- columns: account_id
-- scope: system
select distinct account_role.account_id
from account_role
inner join account on account_role.account_id = account.account_id
where
    account_role.role = 'steward'
    and account_role.ended_at is null
    and account_role.from_on <= $today
    and (account_role.until_on is null or account_role.until_on >= $today)
    and account.removed_at is null
