-- What a teacher teaches, or a principal's schools, in the latest school year.
-- parameters: $teacher_id, $school_ids
-- columns: subject, grade
-- scope: school
-- duckdb only: unnest of a list parameter
select distinct subject, grade
from current_teaching
where teacher_id = $teacher_id or school_id in (select unnest($school_ids))
