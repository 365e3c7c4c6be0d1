-- Ends the agreements in force of one team: a newer one takes their place, or the team closes.
-- parameters: $team_id, $team_ids, $today
-- columns: none
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
update team_agreement set ended_on = $today
where team_id = $team_id and team_id in (select unnest($team_ids)) and ended_on is null
