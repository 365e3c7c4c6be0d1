-- Takes back every consent of a teacher whose account is removed: nobody is left to withdraw it.
-- parameters: $teacher_id, $today
-- columns: none
-- scope: self
update consent
set withdrawn_on = $today
where withdrawn_on is null and teacher_id = $teacher_id
