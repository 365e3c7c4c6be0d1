-- The meetings of the viewer's teams that run or are planned, those running first, then by day.
-- parameters: $team_ids
-- columns: meeting_id, team_id, state, meets_on, meets_at
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select meeting_id, team_id, state, meets_on, meets_at
from meeting
where team_id in (select unnest($team_ids)) and state <> 'ended'
order by case when state = 'running' then 0 else 1 end, meets_on, meeting_id
