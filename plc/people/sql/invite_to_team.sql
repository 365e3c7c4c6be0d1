-- Asks a teacher to join a team, unless she is a member or was asked and has not answered.
-- parameters: $invitation_id, $team_id, $team_ids, $teacher_id, $invited_by, $invited_at
-- columns: none
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
insert into team_invitation (invitation_id, team_id, teacher_id, invited_by, invited_at)
select $invitation_id, $team_id, $teacher_id, $invited_by, $invited_at
where
    $team_id in (select unnest($team_ids))
    and not exists (
        select asked.invitation_id
        from team_invitation as asked
        where asked.team_id = $team_id and asked.teacher_id = $teacher_id and asked.answered_at is null
    )
    and not exists (
        select member.teacher_id
        from team_member as member
        where member.team_id = $team_id and member.teacher_id = $teacher_id and member.left_on is null
    )
