-- An agreement in force with its members.
-- parameters: $team_agreement_id, $today
-- columns: team_agreement_id, team_name, agreed_on, until_on, teacher_id, name, opened_on
-- scope: agreement
select
    agreement.team_agreement_id,
    agreement.team_name,
    agreement.agreed_on,
    agreement.until_on,
    member.teacher_id,
    coalesce(teacher.name, member.teacher_id) as name,
    member.opened_on
from team_agreement as agreement
inner join team_agreement_member as member on agreement.team_agreement_id = member.team_agreement_id
left join teacher on member.teacher_id = teacher.teacher_id
where agreement.team_agreement_id = $team_agreement_id and agreement.until_on >= $today
order by name nulls last, member.teacher_id nulls last
