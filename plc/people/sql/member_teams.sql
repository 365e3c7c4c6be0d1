-- The open teams a teacher is a member of on a day.
-- parameters: $teacher_id, $today
-- columns: team_id
-- scope: self
select distinct member.team_id
from team_member as member
inner join team on member.team_id = team.team_id
where
    member.teacher_id = $teacher_id
    and member.joined_on <= $today
    and (member.left_on is null or member.left_on > $today)
    and team.closed_at is null
order by member.team_id
