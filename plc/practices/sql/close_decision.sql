-- Ends a person's open decision about a card.
-- parameters: $practice_id, $teacher_id, $withdrawn_at
-- columns: scope, until_on, decided_at
-- scope: self
update practice_consent
set withdrawn_at = $withdrawn_at
where practice_id = $practice_id and teacher_id = $teacher_id and withdrawn_at is null
returning scope, until_on, decided_at
