-- A teacher becomes a member of a team; nothing happens where she is one already.
-- parameters: $team_id, $teacher_id, $member_role, $joined_on
-- columns: none
-- scope: self
insert into team_member (team_id, teacher_id, member_role, joined_on)
select $team_id, $teacher_id, $member_role, $joined_on
where
    not exists (
        select member.teacher_id
        from team_member as member
        where member.team_id = $team_id and member.teacher_id = $teacher_id and member.left_on is null
    )
