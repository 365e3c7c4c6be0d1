-- Takes one member out of every agreement of a team she leaves.
-- parameters: $team_id, $teacher_id
-- columns: none
-- scope: self
delete from team_agreement_member
where
    teacher_id = $teacher_id
    and team_agreement_id in (
        select team_agreement.team_agreement_id from team_agreement where team_agreement.team_id = $team_id
    )
