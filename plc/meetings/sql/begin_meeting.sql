-- Start a planned meeting, unless somebody already did.
-- parameters: $meeting_id, $team_ids, $protocol_key, $inquiry_id, $goal, $phase, $week_number, $week_count, $facilitator_id, $recorder_id, $timekeeper_id, $step_key, $started_by, $started_at, $meets_on
-- columns: version
-- scope: team
-- duckdb only: returning
update meeting
set
    state = 'running',
    protocol_key = $protocol_key,
    inquiry_id = $inquiry_id,
    goal = $goal,
    phase = $phase,
    week_number = $week_number,
    week_count = $week_count,
    facilitator_id = $facilitator_id,
    recorder_id = $recorder_id,
    timekeeper_id = $timekeeper_id,
    step_key = $step_key,
    step_started_at = $started_at,
    started_by = $started_by,
    started_at = $started_at,
    meets_on = $meets_on,
    version = version + 1
where meeting_id = $meeting_id and team_id in (select unnest($team_ids)) and state = 'planned'
returning version
