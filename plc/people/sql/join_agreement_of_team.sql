-- Puts a member into her team's agreement in force, unless she left it; her results stay closed until she opens
-- them.
-- parameters: $team_id, $teacher_id, $today
-- columns: none
-- scope: self
insert into team_agreement_member (team_agreement_id, teacher_id)
select distinct agreement.team_agreement_id, mate.teacher_id
from team_agreement as agreement
inner join team_member as mate on agreement.team_id = mate.team_id
left join
    team_agreement_member as member
    on agreement.team_agreement_id = member.team_agreement_id
    and mate.teacher_id = member.teacher_id
where
    agreement.team_id = $team_id
    and mate.teacher_id = $teacher_id
    and mate.left_on is null
    and agreement.ended_on is null
    and agreement.until_on >= $today
    and member.teacher_id is null
    and not exists (
        select gone.teacher_id
        from team_agreement_left as gone
        where gone.team_id = $team_id and gone.teacher_id = $teacher_id
    )
