-- A made-up member of a team.
-- parameters: $team_id, $teacher_id, $member_role, $joined_on
-- columns: none
-- scope: system
insert into team_member (team_id, teacher_id, member_role, joined_on)
values ($team_id, $teacher_id, $member_role, $joined_on)
