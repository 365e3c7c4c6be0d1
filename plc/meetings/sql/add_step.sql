-- A step of a meeting.
-- parameters: $meeting_id, $team_ids, $step_key, $step_order, $screen, $title, $minutes, $prompt, $state
-- columns: none
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
insert into meeting_step
    (meeting_id, step_key, step_order, screen, title, minutes, added_minutes, prompt, state)
select meeting_id, $step_key, $step_order, $screen, $title, $minutes, 0, $prompt, $state
from meeting
where meeting_id = $meeting_id and team_id in (select unnest($team_ids))
