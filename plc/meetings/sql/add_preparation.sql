-- What a member says before her team meets.
-- parameters: $team_id, $teacher_id, $ready, $words, $said_at
-- columns: none
-- scope: self
insert into meeting_preparation (team_id, teacher_id, ready, words, said_at)
values ($team_id, $teacher_id, $ready, $words, $said_at)
