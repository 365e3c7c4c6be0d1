-- Closes a teacher's result to every team when her account is removed: nobody is left to close it.
-- parameters: $teacher_id
-- columns: none
-- scope: self
update team_agreement_member
set opened_on = null
where
    teacher_id = $teacher_id
    and team_agreement_id in (
        select agreement.team_agreement_id from team_agreement as agreement where agreement.ended_on is null
    )
