-- The running meeting of a team, for a member of it on this day; no row for anybody else.
-- parameters: $team_id, $teacher_id, $today
-- columns: meeting_id
-- scope: self
select meeting.meeting_id
from meeting
inner join team on meeting.team_id = team.team_id
inner join team_member as member on meeting.team_id = member.team_id
where
    meeting.team_id = $team_id
    and meeting.state = 'running'
    and member.teacher_id = $teacher_id
    and member.joined_on <= $today
    and (member.left_on is null or member.left_on > $today)
    and team.closed_at is null
limit 1
