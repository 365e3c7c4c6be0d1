-- The author takes a note back.
-- parameters: $note_id, $team_ids, $author_teacher_id, $now
-- columns: meeting_id
-- scope: team
-- duckdb only: returning
update meeting_note set taken_back_at = $now
where
    note_id = $note_id
    and author_teacher_id = $author_teacher_id
    and taken_back_at is null
    and meeting_id in (select meeting_id from meeting where team_id in (select unnest($team_ids)))
returning meeting_id
