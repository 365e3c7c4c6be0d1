-- Takes a teacher's id out of the blocks in which classes of tests were drawn.
-- parameters: $teacher_id
-- columns: none
-- scope: system
update test_section
set block = 'teacher who left'
where block = concat('teacher ', $teacher_id)
