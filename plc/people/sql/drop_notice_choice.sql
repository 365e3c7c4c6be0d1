-- Takes back what a teacher chose to be told in a school year, before she chooses anew.
-- parameters: $teacher_id, $school_year
-- columns: none
-- scope: self
delete from notice_choice where teacher_id = $teacher_id and school_year = $school_year
