-- The schools a teacher teaches in, in the latest school year.
-- parameters: $teacher_id, $unnamed_school
-- columns: school_id
-- scope: self
select distinct school_id
from current_teaching
where teacher_id = $teacher_id and school_id <> $unnamed_school
