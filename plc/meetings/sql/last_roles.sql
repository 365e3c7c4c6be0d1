-- Who had which role in a team's latest meeting before this one.
-- parameters: $team_id, $team_ids, $meeting_id
-- columns: facilitator_id, recorder_id, timekeeper_id
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select facilitator_id, recorder_id, timekeeper_id
from meeting
where
    team_id = $team_id
    and team_id in (select unnest($team_ids))
    and meeting_id <> $meeting_id
    and state = 'ended'
order by meets_on desc, ended_at desc
limit 1
