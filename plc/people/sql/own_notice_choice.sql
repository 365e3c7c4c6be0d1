-- What a teacher chose to be told in a school year.
-- parameters: $teacher_id, $school_year
-- columns: choice, chosen_at
-- scope: self
select choice, chosen_at
from notice_choice
where teacher_id = $teacher_id and school_year = $school_year
