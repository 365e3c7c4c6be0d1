-- What a test takes from its inquiry.
-- parameters: $inquiry_id, $team_ids
-- columns: team_id, subject, grade, school_year, standard_id, measure_kind, measure_name, state
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select team_id, subject, grade, school_year, standard_id, measure_kind, measure_name, state
from inquiry
where inquiry_id = $inquiry_id and team_id in (select unnest($team_ids))
