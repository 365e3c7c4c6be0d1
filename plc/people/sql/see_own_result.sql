-- Notes that a teacher has seen whatever was newly found of her.
-- parameters: $teacher_id
-- columns: kind
-- scope: self
delete from own_result_unseen where teacher_id = $teacher_id returning kind
