-- The teacher who is left without an account once this one is removed; no row where it is nobody's or another
-- account of hers stays.
-- parameters: $account_id
-- columns: teacher_id
-- scope: system
select gone.teacher_id
from account as gone
where
    gone.account_id = $account_id
    and gone.teacher_id is not null
    and not exists (
        select 1 from account as other
        where
            other.account_id <> gone.account_id
            and other.teacher_id = gone.teacher_id
            and other.removed_at is null
    )
