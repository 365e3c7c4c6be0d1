-- What a meeting asked others to clear.
-- parameters: $meeting_id, $team_ids
-- columns: barrier_id, barrier_kind, words, removable_by, due_on
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select barrier_id, barrier_kind, words, removable_by, due_on
from barrier
where meeting_id = $meeting_id and team_id in (select unnest($team_ids))
order by asked_on, barrier_id
