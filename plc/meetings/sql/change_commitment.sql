-- What became of a commitment, or its new day, if nobody changed it in between.
-- parameters: $commitment_id, $team_ids, $version, $state, $closing_line, $due_on, $closed_at
-- columns: version
-- scope: team
-- duckdb only: returning
update commitment
set
    state = $state,
    closing_line = $closing_line,
    due_on = $due_on,
    closed_at = $closed_at,
    version = version + 1
where
    commitment_id = $commitment_id
    and team_id in (select unnest($team_ids))
    and version = $version
returning version
