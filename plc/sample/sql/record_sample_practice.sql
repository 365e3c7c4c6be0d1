-- A made-up practice.
-- parameters: $practice_id, $owner, $team_id, $origin_inquiry, $made_at
-- columns: none
-- scope: system
insert into practice (practice_id, owner_teacher_id, team_id, origin_inquiry_id, made_by, made_at)
values ($practice_id, $owner, $team_id, $origin_inquiry, $owner, $made_at)
