-- One commitment.
-- parameters: $commitment_id, $team_ids
-- columns: commitment_id, team_id, meeting_id, owner_teacher_id, owner_name, what, due_on, state, closing_line, version
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select commitment.*
from owned_commitment as commitment
where
    commitment.commitment_id = $commitment_id and commitment.team_id in (select unnest($team_ids))
