-- The cards a teacher wrote, helped with or changed.
-- parameters: $teacher_id
-- columns: practice_id
-- scope: self
select practice_id from practice where owner_teacher_id = $teacher_id or made_by = $teacher_id
union
select practice_id from practice_author where teacher_id = $teacher_id or added_by = $teacher_id
union
select practice_id from practice_version where made_by = $teacher_id
union
select practice_id from practice_consent where teacher_id = $teacher_id
