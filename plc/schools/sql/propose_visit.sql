-- Ask the owner of a card that the viewer may open whether a team may visit her; the team learns nothing yet. Her own
-- team is asked about like any other: a refusal would tell that it is hers.
-- parameters: $proposal_id, $practice_id, $team_id, $words, $proposed_by, $proposed_role, $school_id, $proposed_on, $proposed_at
-- columns: owner_teacher_id
-- scope: card
-- duckdb only: returning
insert into visit_proposal (
    proposal_id, practice_id, owner_teacher_id, team_id, words, proposed_by, proposed_role, school_id, proposed_on,
    proposed_at
)
select
    $proposal_id, practice.practice_id, practice.owner_teacher_id, team.team_id, $words, $proposed_by, $proposed_role,
    $school_id, $proposed_on, $proposed_at
from practice
inner join visible_practice as visible on practice.practice_id = visible.practice_id
inner join team on team.team_id = $team_id and team.closed_at is null
where
    practice.practice_id = $practice_id
    and practice.owner_teacher_id is not null
    and practice.withdrawn_at is null
    and visible.in_reach
    and visible.reach >= 3
    and not exists (
        select 1 from visit_proposal as earlier
        where
            earlier.practice_id = practice.practice_id
            and earlier.team_id = team.team_id
            and earlier.taken_back_at is null
    )
returning owner_teacher_id
