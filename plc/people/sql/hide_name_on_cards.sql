-- Takes a teacher's name off her practice cards, and what she offered, when her account is removed: nobody is
-- left to take it back or to answer.
-- The cards and what their tests showed stay.
-- parameters: $teacher_id
-- columns: none
-- scope: self
update practice_consent
set name_shown = 'hidden', welcomes = ''
where teacher_id = $teacher_id
