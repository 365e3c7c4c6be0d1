-- Agreements in force of the viewer's teams, a row per member who is still in the team: whether the viewer said yes
-- herself, and whether her own result is open to that member. Who opened is for those who said yes.
-- parameters: $team_ids, $teacher_id, $today
-- columns: said_yes, team_agreement_id, team_id, team_name, agreed_on, until_on, teacher_id, name, opened_on, reads_mine
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    own.teacher_id is not null as said_yes,
    agreement.team_agreement_id,
    agreement.team_id,
    team.team_name,
    agreement.agreed_on,
    agreement.until_on,
    member.teacher_id,
    coalesce(teacher.name, member.teacher_id) as name,
    case when own.teacher_id is not null then member.opened_on end as opened_on,
    reading.teacher_id is not null as reads_mine
from team_agreement as agreement
inner join team on agreement.team_id = team.team_id
inner join team_agreement_member as member on agreement.team_agreement_id = member.team_agreement_id
inner join team_member as mate on agreement.team_id = mate.team_id and member.teacher_id = mate.teacher_id
left join
    team_agreement_member as own
    on agreement.team_agreement_id = own.team_agreement_id and own.teacher_id = $teacher_id
left join
    opened_result as reading
    on agreement.team_agreement_id = reading.team_agreement_id
    and own.teacher_id = reading.teacher_id
    and member.teacher_id = reading.reader_teacher_id
left join teacher on member.teacher_id = teacher.teacher_id
where
    agreement.team_id in (select unnest($team_ids))
    and agreement.agreed_on <= $today
    and agreement.until_on >= $today
    and agreement.ended_on is null
    and mate.left_on is null
order by
    team.team_name nulls last,
    agreement.team_agreement_id nulls last,
    name nulls last,
    member.teacher_id nulls last
