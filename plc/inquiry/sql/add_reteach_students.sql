-- The students of a reteach group.
-- parameters: $reteach_id, $student_keys
-- columns: none
-- scope: system
insert into reteach_student (reteach_id, student_key)
select $reteach_id, cast(unnest($student_keys) as integer)
