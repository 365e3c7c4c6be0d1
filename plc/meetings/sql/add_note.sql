-- Keep a note of a meeting; the same note sent again changes nothing.
-- parameters: $note_id, $meeting_id, $team_ids, $step_key, $note_kind, $author_teacher_id, $words, $written_at
-- columns: none
-- scope: team
-- duckdb only: on conflict
insert into meeting_note
    (note_id, meeting_id, step_key, note_kind, author_teacher_id, words, written_at)
select $note_id, meeting_id, $step_key, $note_kind, $author_teacher_id, $words, $written_at
from meeting
where meeting_id = $meeting_id and team_id in (select unnest($team_ids))
on conflict (note_id) do nothing
