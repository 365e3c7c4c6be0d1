-- Takes a person's name off her practice cards, and what she offered, when her account is removed: nobody is
-- left to take it back or to answer.
-- The cards and what their tests showed stay. Another account of the same teacher keeps the name.
-- parameters: $account_id
-- columns: none
-- scope: system
update practice_consent
set name_shown = 'hidden', welcomes = ''
where
    teacher_id in (
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
