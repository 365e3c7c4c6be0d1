-- Takes one member out of the agreement of a team that is in force.
-- parameters: $team_id, $teacher_id
-- columns: none
-- scope: self
delete from team_agreement_member
where
    teacher_id = $teacher_id
    and team_agreement_id in (
        select agreement.team_agreement_id
        from team_agreement as agreement
        where agreement.team_id = $team_id and agreement.ended_on is null
    )
