-- An empty row of tallies for a meeting, unless it has one.
-- parameters: $meeting_id, $team_ids
-- columns: none
-- scope: team
-- duckdb only: on conflict
insert into exit_pulse
select meeting_id, 0, 0, 0, 0, 0, '[]'
from meeting
where meeting_id = $meeting_id and team_id in (select unnest($team_ids))
on conflict (meeting_id) do nothing
