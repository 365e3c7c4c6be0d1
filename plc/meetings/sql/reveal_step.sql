-- Show what was written in silence in a step; the first time counts.
-- parameters: $meeting_id, $team_ids, $step_key, $now
-- columns: none
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
update meeting_step set revealed_at = coalesce(revealed_at, $now)
where
    step_key = $step_key
    and meeting_id in (
        select meeting_id from meeting where meeting_id = $meeting_id and team_id in (select unnest($team_ids))
    )
