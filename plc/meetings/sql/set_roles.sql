-- Who leads, writes and keeps time.
-- parameters: $meeting_id, $team_ids, $facilitator_id, $recorder_id, $timekeeper_id
-- columns: version
-- scope: team
-- duckdb only: returning
update meeting
set
    facilitator_id = $facilitator_id,
    recorder_id = $recorder_id,
    timekeeper_id = $timekeeper_id,
    version = version + 1
where meeting_id = $meeting_id and team_id in (select unnest($team_ids)) and state <> 'ended'
returning version
