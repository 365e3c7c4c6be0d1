-- Open, or lock again with null, the view by class for everybody in the meeting.
-- parameters: $meeting_id, $team_ids, $opened_at
-- columns: version
-- scope: team
-- duckdb only: returning
update meeting set class_view_opened_at = $opened_at, version = version + 1
where meeting_id = $meeting_id and team_id in (select unnest($team_ids)) and state = 'running'
returning version
