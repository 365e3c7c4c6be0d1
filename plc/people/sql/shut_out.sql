-- Teachers who have an account and no role to teach in today: nothing of them is shown to anybody else, since they
-- could not take it back. Nobody where people do not sign in.
-- parameters: $today
-- columns: teacher_id
-- scope: system
select account.teacher_id
from account
left join
    account_role as held
    on
        account.account_id = held.account_id
        and held.role in ('teacher', 'facilitator')
        and held.ended_at is null
        and held.from_on <= $today
        and (held.until_on is null or held.until_on >= $today)
where account.removed_at is null and account.teacher_id is not null
group by account.teacher_id
having count(held.account_id) = 0
