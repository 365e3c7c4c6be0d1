-- Accounts whose address holds some text and that have some role, a page of them by address, and how many
-- there are in all.
-- parameters: $search, $role, $limit, $offset, $today
-- columns: account_id, address, issuer, teacher_id, made_at, accounts
-- scope: system
with chosen as (
    select distinct account.account_id, account.address, account.issuer, account.teacher_id, account.made_at
    from account
    left join
        account_role
        on account.account_id = account_role.account_id
        and account_role.ended_at is null
        and account_role.from_on <= $today
        and (account_role.until_on is null or account_role.until_on >= $today)
    where
        account.removed_at is null
        and (cast($search as varchar) is null or contains(account.address, $search))
        and (cast($role as varchar) is null or account_role.role = $role)
)

select account_id, address, issuer, teacher_id, made_at, count(*) over () as accounts
from chosen
order by address nulls last, account_id nulls last
limit $limit
offset $offset
