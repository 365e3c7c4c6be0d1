-- A commitment of a team member; the same one sent again changes nothing.
-- parameters: $commitment_id, $team_id, $team_ids, $meeting_id, $inquiry_id, $owner_teacher_id, $what, $due_on, $made_at
-- columns: none
-- scope: team
-- duckdb only: on conflict
insert into commitment
select
    $commitment_id, team_id, $meeting_id, $inquiry_id, $owner_teacher_id, $what, $due_on, 'open', '', 1, $made_at,
    null
from team
where team_id = $team_id and team_id in (select unnest($team_ids))
on conflict (commitment_id) do nothing
