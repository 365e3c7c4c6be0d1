-- Take back a commitment made in this meeting.
-- parameters: $commitment_id, $meeting_id, $team_ids
-- columns: commitment_id
-- scope: team
-- duckdb only: returning
delete from commitment
where
    commitment_id = $commitment_id
    and meeting_id = $meeting_id
    and state = 'open'
    and team_id in (select unnest($team_ids))
returning commitment_id
