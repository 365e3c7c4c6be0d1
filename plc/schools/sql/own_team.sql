-- An open team, if it is of the viewer's schools.
-- parameters: $team_id, $school_ids, $whole_district
-- columns: team_name
-- scope: school
-- duckdb only: unnest of a list parameter in a subquery
select team_name
from team
where
    team_id = $team_id
    and closed_at is null
    and ($whole_district or school_id in (select unnest($school_ids)))
