-- Takes back how a teacher reads her own good result of a school year, before she says it anew.
-- parameters: $teacher_id, $school_year
-- columns: none
-- scope: self
delete from own_reading where teacher_id = $teacher_id and school_year = $school_year
