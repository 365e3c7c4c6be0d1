-- Plan a meeting of one of the viewer's teams.
-- parameters: $meeting_id, $team_id, $team_ids, $protocol_key, $meets_on, $meets_at
-- columns: meeting_id
-- scope: team
-- duckdb only: returning
insert into meeting (meeting_id, team_id, version, state, protocol_key, meets_on, meets_at, goal)
select $meeting_id, team_id, 1, 'planned', $protocol_key, $meets_on, $meets_at, ''
from team
where team_id = $team_id and team_id in (select unnest($team_ids))
returning meeting_id
