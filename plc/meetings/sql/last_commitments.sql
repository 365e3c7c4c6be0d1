-- What a team had open when a meeting began: still open, or closed in it. Before any meeting: what is open.
-- parameters: $team_id, $team_ids, $meeting_id
-- columns: commitment_id, team_id, meeting_id, owner_teacher_id, owner_name, what, due_on, state, closing_line, version
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    commitment.commitment_id,
    commitment.team_id,
    commitment.meeting_id,
    commitment.owner_teacher_id,
    coalesce(teacher.name, commitment.owner_teacher_id) as owner_name,
    commitment.what,
    commitment.due_on,
    commitment.state,
    commitment.closing_line,
    commitment.version
from commitment
left join teacher on commitment.owner_teacher_id = teacher.teacher_id
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
order by commitment.due_on, owner_name, commitment.commitment_id
