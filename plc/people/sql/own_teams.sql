-- Open teams of the viewer with their members of today, a row each.
-- parameters: $team_ids, $today
-- columns: team_id, team_name, subject, grade, school_id, norms, meets, version, created_at, across_schools, teacher_id, name, member_role, joined_on
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    team.team_id,
    team.team_name,
    team.subject,
    team.grade,
    team.school_id,
    team.norms,
    team.meets,
    team.version,
    team.created_at,
    team.across_schools,
    member.teacher_id,
    coalesce(teacher.name, member.teacher_id) as name,
    member.member_role,
    member.joined_on
from team
left join
    team_member as member
    on team.team_id = member.team_id
    and member.joined_on <= $today
    and (member.left_on is null or member.left_on > $today)
left join teacher on member.teacher_id = teacher.teacher_id
where team.team_id in (select unnest($team_ids)) and team.closed_at is null
order by team.team_name nulls last, team.team_id nulls last, name nulls last, member.teacher_id nulls last
