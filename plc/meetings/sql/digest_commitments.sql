-- What a team has open, for the mail to its own members.
-- parameters: $team_id
-- columns: owner_name, what, due_on
-- scope: system
select
    coalesce(teacher.name, 'A member') as owner_name,
    commitment.what,
    commitment.due_on
from commitment
left join teacher on commitment.owner_teacher_id = teacher.teacher_id
where commitment.team_id = $team_id and commitment.state = 'open'
order by commitment.due_on, owner_name, commitment.commitment_id
