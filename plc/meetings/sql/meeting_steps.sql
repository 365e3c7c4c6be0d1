-- The steps of a meeting in order.
-- parameters: $meeting_id, $team_ids
-- columns: step_key, screen, title, minutes, added_minutes, prompt, state, revealed_at
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    step.step_key,
    step.screen,
    step.title,
    step.minutes,
    step.added_minutes,
    step.prompt,
    step.state,
    step.revealed_at
from meeting_step as step
inner join meeting on step.meeting_id = meeting.meeting_id
where step.meeting_id = $meeting_id and meeting.team_id in (select unnest($team_ids))
order by step.step_order
