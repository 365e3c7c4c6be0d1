-- Asks a colleague to try to follow a card, unless she is asked already.
-- parameters: $check_id, $practice_id, $checker_id, $asked_at
-- columns: check_id
-- scope: card
insert into practice_check (check_id, practice_id, checker_teacher_id, asked_at, unclear)
select $check_id, visible.practice_id, $checker_id, $asked_at, ''
from visible_practice as visible
where
    visible.practice_id = $practice_id
    and visible.is_author
    and not exists (
        select 1 from practice_check as waiting
        where
            waiting.practice_id = $practice_id
            and waiting.checker_teacher_id = $checker_id
            and waiting.checked_at is null
    )
returning check_id
