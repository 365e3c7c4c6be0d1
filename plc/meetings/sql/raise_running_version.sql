-- Tells the devices of a team's running meeting, if one runs, that there is something new.
-- parameters: $team_id, $team_ids
-- columns: none
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
update meeting
set version = version + 1
where
    team_id = $team_id
    and team_id in (select unnest($team_ids))
    and state = 'running'
