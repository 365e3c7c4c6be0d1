-- A new practice of a teacher, known to nobody else yet.
-- parameters: $practice_id, $teacher_id, $team_id, $origin_practice_id, $made_at
-- columns: none
-- scope: self
insert into practice (practice_id, owner_teacher_id, team_id, origin_practice_id, made_by, made_at)
values ($practice_id, $teacher_id, $team_id, $origin_practice_id, $teacher_id, $made_at)
