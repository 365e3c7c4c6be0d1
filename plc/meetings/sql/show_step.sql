-- Move a running meeting to a step, if it still stands at the step the mover saw.
-- parameters: $meeting_id, $team_ids, $step_key, $seen_step_key, $now
-- columns: version
-- scope: team
-- duckdb only: returning
update meeting
set step_key = $step_key, step_started_at = $now, version = version + 1
where
    meeting_id = $meeting_id
    and team_id in (select unnest($team_ids))
    and state = 'running'
    and step_key = $seen_step_key
returning version
