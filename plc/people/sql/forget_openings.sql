-- Takes back what a member opened to her team, and what was opened to her.
-- parameters: $team_id, $teacher_id
-- columns: none
-- scope: self
delete from team_agreement_opening
where
    (teacher_id = $teacher_id or reader_teacher_id = $teacher_id)
    and team_agreement_id in (
        select agreement.team_agreement_id
        from team_agreement as agreement
        where agreement.team_id = $team_id and agreement.ended_on is null
    )
