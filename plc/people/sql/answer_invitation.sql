-- A teacher answers the question to join a team, once.
-- parameters: $invitation_id, $teacher_id, $accepted, $answered_at
-- columns: team_id
-- scope: self
update team_invitation set accepted = $accepted, answered_at = $answered_at
where invitation_id = $invitation_id and teacher_id = $teacher_id and answered_at is null
returning team_id
