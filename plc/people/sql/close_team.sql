-- Closes one of the viewer's teams; what it wrote stays.
-- parameters: $team_id, $team_ids, $closed_at
-- columns: none
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
update team set closed_at = $closed_at
where team_id = $team_id and team_id in (select unnest($team_ids)) and closed_at is null
