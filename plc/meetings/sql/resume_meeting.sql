-- Go on with a meeting that was ended by mistake.
-- parameters: $meeting_id, $team_ids, $now
-- columns: version
-- scope: team
-- duckdb only: returning
update meeting set state = 'running', ended_at = null, step_started_at = $now, version = version + 1
where meeting_id = $meeting_id and team_id in (select unnest($team_ids)) and state = 'ended'
returning version
