-- Who answered at the end of a made-up team's meeting: its members of that day.
-- parameters: $meeting_id
-- columns: none
-- scope: system
insert into exit_answered (meeting_id, teacher_id)
select distinct meeting.meeting_id, member.teacher_id
from meeting
inner join team_member as member on meeting.team_id = member.team_id
where
    meeting.meeting_id = $meeting_id
    and member.joined_on <= meeting.meets_on
    and (member.left_on is null or member.left_on > meeting.meets_on)
