-- The meetings of the viewer's teams that ended, the latest first, a page at a time.
-- parameters: $team_ids, $limit, $offset
-- columns: meeting_id, team_id, team_name, meets_on, phase, decision, words, present
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    meeting.meeting_id,
    meeting.team_id,
    team.team_name,
    meeting.meets_on,
    meeting.phase,
    max(decision.decision) as decision,
    max(decision.words) as words,
    (
        select count(*)
        from meeting_attendance as attendance
        where attendance.meeting_id = meeting.meeting_id and attendance.present
    ) as present
from meeting
inner join team on meeting.team_id = team.team_id
left join meeting_decision as decision on meeting.meeting_id = decision.meeting_id
where meeting.team_id in (select unnest($team_ids)) and meeting.state = 'ended'
group by meeting.meeting_id, meeting.team_id, team.team_name, meeting.meets_on, meeting.phase, meeting.ended_at
order by meeting.meets_on desc, meeting.ended_at desc
limit $limit offset $offset
