-- Open teams among some ids, or of some schools.
-- parameters: $team_ids, $school_ids
-- columns: team_id
-- scope: school
-- duckdb only: unnest of a list parameter in a subquery
select team_id
from team
where
    closed_at is null
    and (team_id in (select unnest($team_ids)) or school_id in (select unnest($school_ids)))
order by team_id nulls last
