-- Puts a word that means nobody in place of a co-author.
-- parameters: $teacher_id, $practice_id, $nobody
-- columns: none
-- scope: self
update practice_author
set
    teacher_id = case when teacher_id = $teacher_id then $nobody else teacher_id end,
    added_by = case when added_by = $teacher_id then $nobody else added_by end
where practice_id = $practice_id
