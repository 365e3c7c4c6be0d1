-- The team a card belongs to, set by one of its authors.
-- parameters: $practice_id, $team_id, $team_ids
-- columns: none
-- scope: team
-- duckdb only: unnest of a list parameter
update practice
set team_id = $team_id
where practice_id = $practice_id and $team_id in (select unnest($team_ids))
