-- One row when some visit is agreed for the viewer's teams, whether they may open its card or not.
-- parameters: $team_ids
-- columns: team_id
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select team_id
from visit_proposal
where
    team_id in (select unnest($team_ids))
    and owner_answer = 'yes'
    and taken_back_at is null
limit 1
