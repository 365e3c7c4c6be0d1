-- The teacher an account is linked to.
-- parameters: $account_id
-- columns: teacher_id
-- scope: system
select teacher_id
from account
where account_id = $account_id and teacher_id is not null and removed_at is null
