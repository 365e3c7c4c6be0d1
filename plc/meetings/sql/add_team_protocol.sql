-- A new version of a team's own protocol.
-- parameters: $team_id, $team_ids, $protocol_key, $version, $steps, $made_by, $made_at
-- columns: none
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
insert into team_protocol
select team_id, $protocol_key, $version, $steps, $made_by, $made_at
from team
where team_id = $team_id and team_id in (select unnest($team_ids))
