-- Give a step more minutes, or take given ones back.
-- parameters: $meeting_id, $team_ids, $step_key, $minutes
-- columns: none
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
update meeting_step set added_minutes = added_minutes + $minutes
where
    step_key = $step_key
    and meeting_id in (
        select meeting_id from meeting where meeting_id = $meeting_id and team_id in (select unnest($team_ids))
    )
