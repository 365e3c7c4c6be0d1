-- What a team had open when a meeting began: still open, or closed in it. Before any meeting: what is open.
-- parameters: $team_id, $team_ids, $meeting_id
-- columns: commitment_id, team_id, meeting_id, owner_teacher_id, owner_name, what, due_on, state, closing_line, version
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select commitment.*
from owned_commitment as commitment
where
    commitment.team_id = $team_id
    and commitment.team_id in (select unnest($team_ids))
    and commitment.meeting_id is distinct from $meeting_id
    and (
        commitment.state = 'open'
        or commitment.commitment_id in (
            select change.commitment_id from commitment_change as change where change.meeting_id = $meeting_id
        )
    )
order by commitment.due_on, commitment.owner_name, commitment.commitment_id
