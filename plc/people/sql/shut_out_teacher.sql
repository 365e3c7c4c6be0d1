-- The teacher an account is once it has no role left to teach in, now or later; no row while it has one.
-- parameters: $account_id, $today
-- columns: teacher_id
-- scope: system
select account.teacher_id
from account
where
    account.account_id = $account_id
    and account.teacher_id is not null
    and account.removed_at is null
    and not exists (
        select 1 from account_role as held
        where
            held.account_id = account.account_id
            and held.role in ('teacher', 'facilitator')
            and held.ended_at is null
            and (held.until_on is null or held.until_on >= $today)
    )
