-- The members of a team who agreed to look together, and whether each opened her results to it.
-- parameters: $team_ids, $team_id, $today
-- columns: teacher_id, is_opened
-- scope: team
select
    agreement_member.teacher_id,
    bool_or(agreement_member.opened_on is not null and agreement_member.opened_on <= $today) as is_opened
from team_agreement as agreement
inner join team_agreement_member as agreement_member
    on agreement.team_agreement_id = agreement_member.team_agreement_id
inner join team_member
    on agreement.team_id = team_member.team_id and agreement_member.teacher_id = team_member.teacher_id
where
    agreement.team_id = $team_id
    and agreement.team_id in (select unnest($team_ids))
    and agreement.agreed_on <= $today
    and agreement.until_on >= $today
    and agreement.ended_on is null
    and team_member.joined_on <= $today
    and (team_member.left_on is null or team_member.left_on > $today)
group by agreement_member.teacher_id
