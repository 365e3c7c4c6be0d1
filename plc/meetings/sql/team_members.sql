-- The members of a team on a day, in the order in which roles go round.
-- parameters: $team_id, $team_ids, $today
-- columns: teacher_id, name
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    member.teacher_id,
    coalesce(max(teacher.name), member.teacher_id) as name
from team_member as member
left join teacher on member.teacher_id = teacher.teacher_id
where
    member.team_id = $team_id
    and member.team_id in (select unnest($team_ids))
    and member.joined_on <= $today
    and (member.left_on is null or member.left_on > $today)
group by member.teacher_id
order by member.teacher_id
