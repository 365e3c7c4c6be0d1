-- Gives a member of one of the viewer's teams another part to play.
-- parameters: $team_id, $team_ids, $teacher_id, $member_role
-- columns: teacher_id
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
update team_member set member_role = $member_role
where
    team_id = $team_id
    and team_id in (select unnest($team_ids))
    and teacher_id = $teacher_id
    and left_on is null
returning teacher_id
