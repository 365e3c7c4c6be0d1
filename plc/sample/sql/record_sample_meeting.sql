-- A meeting a made-up team held; its goal is the challenge of its inquiry.
-- parameters: $meeting_id, $inquiry_id, $team_id, $protocol_key, $phase, $met_on, $week_number, $week_count, $facilitator_id, $recorder_id, $timekeeper_id, $step_key, $started_at, $ended_at
-- columns: none
-- scope: system
insert into meeting (
    meeting_id, team_id, inquiry_id, version, state, protocol_key, meets_on, goal, phase, week_number, week_count,
    facilitator_id, recorder_id, timekeeper_id, step_key, started_by, started_at, ended_at
)
select
    $meeting_id, $team_id, inquiry_id, 1, 'ended', $protocol_key, $met_on, challenge, $phase, $week_number,
    $week_count, $facilitator_id, $recorder_id, $timekeeper_id, $step_key, $facilitator_id, $started_at, $ended_at
from inquiry
where inquiry_id = $inquiry_id
