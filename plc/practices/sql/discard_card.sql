-- Takes a card that was never tested out of everybody's sight but its authors'.
-- parameters: $practice_id, $teacher_id, $withdrawn_at
-- columns: practice_id
-- scope: self
update practice
set withdrawn_at = $withdrawn_at
where
    practice_id = $practice_id
    and owner_teacher_id = $teacher_id
    and not exists (select 1 from practice_test as test where test.practice_id = $practice_id)
returning practice_id
