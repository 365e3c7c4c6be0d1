-- The colleagues in the viewer's teams today.
-- parameters: $team_ids, $teacher_id, $today
-- columns: teacher_id, name
-- scope: team
-- duckdb only: unnest of a list parameter
select distinct teacher.teacher_id, coalesce(teacher.name, teacher.teacher_id) as name
from team_member as member
inner join teacher on member.teacher_id = teacher.teacher_id
where
    member.team_id in (select unnest($team_ids))
    and member.joined_on <= $today
    and (member.left_on is null or member.left_on > $today)
    and member.teacher_id <> $teacher_id
order by name nulls last, teacher.teacher_id nulls last
