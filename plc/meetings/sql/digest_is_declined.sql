-- Whether the viewer wants no digest of a team's meetings.
-- parameters: $team_id, $teacher_id
-- columns: declined_at
-- scope: self
select declined_at from digest_declined
where team_id = $team_id and teacher_id = $teacher_id
