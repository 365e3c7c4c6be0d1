-- Nobody whose result is open to no one is marked as having opened it.
-- parameters: none
-- columns: none
-- scope: system
update team_agreement_member set opened_on = null
where
    opened_on is not null
    and not exists (
        select 1 as found
        from team_agreement_opening as opening
        where
            opening.team_agreement_id = team_agreement_member.team_agreement_id
            and opening.teacher_id = team_agreement_member.teacher_id
    )
