-- The viewer's open team across schools of one course.
-- parameters: $team_ids, $subject, $grade
-- columns: team_id
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select team_id
from team
where
    team_id in (select unnest($team_ids))
    and across_schools
    and closed_at is null
    and subject = $subject
    and grade = $grade
order by team_id nulls last
