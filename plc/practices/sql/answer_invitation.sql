-- A teacher's answer to every open invitation of hers to one practice.
-- parameters: $teacher_id, $practice_id, $answer, $answered_at, $test_id
-- columns: invitation_id
-- scope: self
update practice_invitation
set answer = $answer, answered_at = $answered_at, test_id = $test_id
where teacher_id = $teacher_id and practice_id = $practice_id and answer is null
returning invitation_id
