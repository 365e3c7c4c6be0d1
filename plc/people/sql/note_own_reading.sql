-- Keeps how a teacher reads her own good result.
-- parameters: $teacher_id, $school_year, $reading, $read_at
-- columns: none
-- scope: self
insert into own_reading (teacher_id, school_year, reading, read_at)
values ($teacher_id, $school_year, $reading, $read_at)
