-- Keeps that a teacher left what her team agreed: nobody else puts her back.
-- parameters: $team_id, $teacher_id, $left_at
-- columns: none
-- scope: self
insert into team_agreement_left (team_id, teacher_id, left_at) values ($team_id, $teacher_id, $left_at)
