-- The team's own latest version of a protocol.
-- parameters: $team_id, $team_ids, $protocol_key
-- columns: version, steps
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select version, steps
from team_protocol
where
    team_id = $team_id
    and team_id in (select unnest($team_ids))
    and protocol_key = $protocol_key
order by version desc
limit 1
