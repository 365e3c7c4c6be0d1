-- End a running meeting.
-- parameters: $meeting_id, $team_ids, $ended_at
-- columns: version
-- scope: team
-- duckdb only: returning
update meeting set state = 'ended', ended_at = $ended_at, version = version + 1
where meeting_id = $meeting_id and team_id in (select unnest($team_ids)) and state = 'running'
returning version
