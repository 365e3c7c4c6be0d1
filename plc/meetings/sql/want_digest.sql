-- The viewer wants the digest of a team's meetings again.
-- parameters: $team_id, $teacher_id
-- columns: none
-- scope: self
delete from digest_declined where team_id = $team_id and teacher_id = $teacher_id
