-- Take back a meeting that was planned and not started.
-- parameters: $meeting_id, $team_ids
-- columns: meeting_id
-- scope: team
-- duckdb only: returning
delete from meeting
where meeting_id = $meeting_id and team_id in (select unnest($team_ids)) and state = 'planned'
returning meeting_id
