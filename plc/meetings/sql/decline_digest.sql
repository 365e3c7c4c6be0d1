-- The viewer wants no digest of a team's meetings.
-- parameters: $team_id, $teacher_id, $declined_at
-- columns: none
-- scope: self
insert into digest_declined (team_id, teacher_id, declined_at)
values ($team_id, $teacher_id, $declined_at)
