-- Puts a word that means nobody in place of a card's owner.
-- parameters: $teacher_id, $practice_id, $nobody
-- columns: none
-- scope: self
update practice
set
    owner_teacher_id = case when owner_teacher_id = $teacher_id then $nobody else owner_teacher_id end,
    made_by = case when made_by = $teacher_id then $nobody else made_by end
where practice_id = $practice_id
