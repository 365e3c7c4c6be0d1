-- Planned meetings between two days that no digest was sent for yet.
-- parameters: $first_on, $last_on
-- columns: meeting_id, team_id, team_name, meets_on, meets_at, protocol_key
-- scope: system
select
    meeting.meeting_id,
    meeting.team_id,
    team.team_name,
    meeting.meets_on,
    meeting.meets_at,
    meeting.protocol_key
from meeting
inner join team on meeting.team_id = team.team_id
where
    meeting.state = 'planned'
    and meeting.digest_sent_at is null
    and meeting.meets_on >= $first_on
    and meeting.meets_on <= $last_on
    and team.closed_at is null
order by meeting.meets_on, meeting.meets_at, meeting.meeting_id
