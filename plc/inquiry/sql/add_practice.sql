-- A new practice's identity, found in an inquiry.
-- parameters: $practice_id, $owner_teacher_id, $team_id, $inquiry_id, $by, $at
-- columns: none
-- scope: system
insert into practice (practice_id, owner_teacher_id, team_id, origin_inquiry_id, made_by, made_at)
values ($practice_id, $owner_teacher_id, $team_id, $inquiry_id, $by, $at)
