-- What a member of a made-up team said she would do.
-- parameters: $commitment_id, $meeting_id, $owner, $what, $due_on, $made_at
-- columns: none
-- scope: system
insert into commitment (
    commitment_id, team_id, meeting_id, inquiry_id, owner_teacher_id, what, due_on, state, closing_line, version,
    made_at
)
select $commitment_id, team_id, meeting_id, inquiry_id, $owner, $what, $due_on, 'open', '', 1, $made_at
from meeting
where meeting_id = $meeting_id
