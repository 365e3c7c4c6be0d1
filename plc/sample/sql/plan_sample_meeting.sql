-- The next meeting of a made-up team.
-- parameters: $meeting_id, $team_id, $meets_on, $meets_at, $protocol_key
-- columns: none
-- scope: system
insert into meeting (meeting_id, team_id, version, state, protocol_key, meets_on, meets_at, goal)
values ($meeting_id, $team_id, 1, 'planned', $protocol_key, $meets_on, $meets_at, '')
