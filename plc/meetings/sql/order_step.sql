-- Where a step stands in its meeting.
-- parameters: $meeting_id, $team_ids, $step_key, $step_order
-- columns: none
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
update meeting_step set step_order = $step_order
where
    step_key = $step_key
    and meeting_id in (
        select meeting_id from meeting where meeting_id = $meeting_id and team_id in (select unnest($team_ids))
    )
