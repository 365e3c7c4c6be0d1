-- Whether the roster, now or before, knows a teacher.
-- parameters: $teacher_id
-- columns: teacher_id
-- scope: system
select distinct teacher_id from teacher_version where teacher_id = $teacher_id
