-- How a teacher reads her own good result of a school year.
-- parameters: $teacher_id, $school_year
-- columns: reading
-- scope: self
select reading
from own_reading
where teacher_id = $teacher_id and school_year = $school_year
