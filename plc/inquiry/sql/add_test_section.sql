-- A class of a test.
-- parameters: $test_id, $section_id, $teacher_id, $school_id, $grade, $arm, $block, $starts_on
-- columns: none
-- scope: system
insert into test_section (test_id, section_id, teacher_id, school_id, grade, arm, block, starts_on)
values ($test_id, $section_id, $teacher_id, $school_id, $grade, $arm, $block, $starts_on)
