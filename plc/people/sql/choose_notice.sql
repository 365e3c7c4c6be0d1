-- What a teacher wants to be told this school year.
-- parameters: $teacher_id, $school_year, $choice, $chosen_at
-- columns: none
-- scope: self
insert into notice_choice (teacher_id, school_year, choice, chosen_at)
values ($teacher_id, $school_year, $choice, $chosen_at)
