-- A barrier of one of the viewer's teams.
-- parameters: $barrier_id, $team_id, $team_ids, $inquiry_id, $meeting_id, $barrier_kind, $words, $removable_by, $asked_by, $asked_on, $due_on
-- columns: none
-- scope: team
-- duckdb only: on conflict
insert into barrier
    (barrier_id, team_id, inquiry_id, meeting_id, barrier_kind, words, removable_by, asked_by, asked_on, due_on)
select
    $barrier_id, team_id, $inquiry_id, $meeting_id, $barrier_kind, $words, $removable_by, $asked_by, $asked_on,
    $due_on
from team
where team_id = $team_id and team_id in (select unnest($team_ids))
on conflict (barrier_id) do nothing
