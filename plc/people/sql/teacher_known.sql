-- One row when the roster holds this teacher.
-- parameters: $teacher_id
-- columns: teacher_id
-- scope: self
select teacher_id from teacher where teacher_id = $teacher_id limit 1
