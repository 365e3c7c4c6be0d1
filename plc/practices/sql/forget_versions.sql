-- Keeps a card's words without who wrote them.
-- parameters: $teacher_id, $practice_id, $nobody
-- columns: none
-- scope: self
update practice_version
set made_by = $nobody
where practice_id = $practice_id and made_by = $teacher_id
