-- The name, norms and usual meeting time of a team.
-- parameters: $team_id, $team_ids
-- columns: team_name, norms, meets, school_id
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select team_name, norms, meets, school_id
from team
where team_id = $team_id and team_id in (select unnest($team_ids))
