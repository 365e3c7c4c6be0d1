-- Takes a teacher's name out of the roster; her number stays with the classes.
-- parameters: $teacher_id
-- columns: none
-- scope: system
update teacher_version set name = null where teacher_id = $teacher_id
