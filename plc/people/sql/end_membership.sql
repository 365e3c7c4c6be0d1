-- Ends a teacher's membership of a team, from today.
-- parameters: $team_id, $teacher_id, $today
-- columns: none
-- scope: self
update team_member set left_on = $today
where team_id = $team_id and teacher_id = $teacher_id and left_on is null
