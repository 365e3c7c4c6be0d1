-- A meeting's version, for a member of its team on this day; no row for anybody else.
-- parameters: $meeting_id, $teacher_id, $today
-- columns: version
-- scope: self
select meeting.version
from meeting
inner join team on meeting.team_id = team.team_id
inner join team_member as member on meeting.team_id = member.team_id
where
    meeting.meeting_id = $meeting_id
    and member.teacher_id = $teacher_id
    and member.joined_on <= $today
    and (member.left_on is null or member.left_on > $today)
    and team.closed_at is null
limit 1
