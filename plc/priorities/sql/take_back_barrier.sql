-- Take an unanswered barrier back.
-- parameters: $barrier_id, $team_ids
-- columns: barrier_id
-- scope: team
-- duckdb only: returning
delete from barrier
where barrier_id = $barrier_id and team_id in (select unnest($team_ids)) and answered_on is null
returning barrier_id
