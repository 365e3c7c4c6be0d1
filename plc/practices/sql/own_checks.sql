-- The cards a viewer was asked to check and has not answered.
-- parameters: $teacher_id
-- columns: practice_id, title, asked_at
-- scope: self
select checking.practice_id, words.title, checking.asked_at
from practice_check as checking
inner join visible_practice_wording as words on checking.practice_id = words.practice_id
where
    checking.checker_teacher_id = $teacher_id
    and checking.checked_at is null
order by checking.asked_at nulls last, checking.practice_id nulls last
