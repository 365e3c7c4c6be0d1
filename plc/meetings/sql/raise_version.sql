-- Tell every device of the meeting to read anew.
-- parameters: $meeting_id, $team_ids
-- columns: version
-- scope: team
-- duckdb only: returning
update meeting set version = version + 1
where meeting_id = $meeting_id and team_id in (select unnest($team_ids))
returning version
