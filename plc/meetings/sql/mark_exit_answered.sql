-- Somebody has answered; no row comes back where she had already.
-- parameters: $meeting_id, $team_ids, $teacher_id
-- columns: meeting_id
-- scope: team
-- duckdb only: on conflict
insert into exit_answered
select meeting_id, $teacher_id
from meeting
where meeting_id = $meeting_id and team_id in (select unnest($team_ids)) and state = 'running'
on conflict (meeting_id, teacher_id) do nothing
returning meeting_id
