-- A note of a meeting of a made-up team.
-- parameters: $note_id, $meeting_id, $step_key, $note_kind, $author, $words, $written_at
-- columns: none
-- scope: system
insert into meeting_note (note_id, meeting_id, step_key, note_kind, author_teacher_id, words, written_at)
values ($note_id, $meeting_id, $step_key, $note_kind, $author, $words, $written_at)
