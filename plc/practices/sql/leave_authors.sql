-- A co-author steps back from a card.
-- parameters: $practice_id, $teacher_id, $left_at
-- columns: practice_id
-- scope: self
update practice_author
set left_at = $left_at
where practice_id = $practice_id and teacher_id = $teacher_id and left_at is null
returning practice_id
