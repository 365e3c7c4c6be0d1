-- Takes back that a teacher has seen her own result, when somebody else may have opened it in her stead.
-- parameters: $teacher_id
-- columns: none
-- scope: self
delete from own_result_opened where teacher_id = $teacher_id
