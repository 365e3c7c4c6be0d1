-- Teams that ask this teacher to join; of a team across schools nobody is named before both agree.
-- parameters: $teacher_id
-- columns: invitation_id, team_id, team_name, subject, grade, across_schools, members, invited_by_name, invited_at
-- scope: self
select
    asked.invitation_id,
    asked.team_id,
    case when team.across_schools then null else team.team_name end as team_name,
    team.subject,
    team.grade,
    team.across_schools,
    count(member.teacher_id) as members,
    case when team.across_schools then null else max(coalesce(inviter.name, asked.invited_by)) end
        as invited_by_name,
    asked.invited_at
from team_invitation as asked
inner join team on asked.team_id = team.team_id
left join team_member as member on team.team_id = member.team_id and member.left_on is null
left join teacher as inviter on asked.invited_by = inviter.teacher_id
where asked.teacher_id = $teacher_id and asked.answered_at is null and team.closed_at is null
group by
    asked.invitation_id,
    asked.team_id,
    team.team_name,
    team.subject,
    team.grade,
    team.across_schools,
    asked.invited_at
order by asked.invited_at nulls last, asked.invitation_id nulls last
