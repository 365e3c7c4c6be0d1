-- What became of earlier commitments in a meeting: the last word on each.
-- parameters: $meeting_id, $team_ids
-- columns: owner_name, what, state, due_on, line
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    coalesce(teacher.name, commitment.owner_teacher_id) as owner_name,
    commitment.what,
    change.state,
    change.due_on,
    change.line
from commitment_change as change
inner join commitment on change.commitment_id = commitment.commitment_id
left join teacher on commitment.owner_teacher_id = teacher.teacher_id
where change.meeting_id = $meeting_id and commitment.team_id in (select unnest($team_ids))
qualify
    row_number() over (
        partition by change.commitment_id order by change.changed_at desc nulls last, commitment.version desc nulls last
    ) = 1
order by owner_name, commitment.what
