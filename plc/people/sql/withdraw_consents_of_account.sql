-- Takes back every consent of a person whose account is removed: nobody is left to withdraw it.
-- Another account of the same teacher keeps them.
-- parameters: $account_id, $today
-- columns: none
-- scope: system
update consent
set withdrawn_on = $today
where
    withdrawn_on is null
    and teacher_id in (
        select gone.teacher_id from account as gone
        where gone.account_id = $account_id and gone.teacher_id is not null
    )
    and teacher_id not in (
        select other.teacher_id from account as other
        where
            other.account_id <> $account_id
            and other.teacher_id is not null
            and other.removed_at is null
    )
