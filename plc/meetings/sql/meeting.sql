-- One meeting of the viewer's teams.
-- parameters: $meeting_id, $team_ids
-- columns: meeting_id, team_id, team_name, norms, inquiry_id, version, state, protocol_key, meets_on, meets_at, goal, phase, week_number, week_count, facilitator_id, recorder_id, timekeeper_id, step_key, step_started_at, class_view_open, started_at, ended_at
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    meeting.meeting_id,
    meeting.team_id,
    team.team_name,
    team.norms,
    meeting.inquiry_id,
    meeting.version,
    meeting.state,
    meeting.protocol_key,
    meeting.meets_on,
    meeting.meets_at,
    meeting.goal,
    meeting.phase,
    meeting.week_number,
    meeting.week_count,
    meeting.facilitator_id,
    meeting.recorder_id,
    meeting.timekeeper_id,
    meeting.step_key,
    meeting.step_started_at,
    meeting.class_view_opened_at is not null as class_view_open,
    meeting.started_at,
    meeting.ended_at
from meeting
inner join team on meeting.team_id = team.team_id
where meeting.meeting_id = $meeting_id and meeting.team_id in (select unnest($team_ids))
