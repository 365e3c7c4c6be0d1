-- Keeps how far a card goes and until when, without who decided it and without her name.
-- parameters: $teacher_id, $practice_id, $nobody
-- columns: none
-- scope: self
update practice_consent
set teacher_id = $nobody, name_shown = 'hidden', welcomes = ''
where practice_id = $practice_id and teacher_id = $teacher_id
