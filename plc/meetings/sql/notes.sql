-- The notes of a meeting that the viewer may read: an observation only once its step was revealed, or her own.
-- Their order says nothing of who wrote first.
-- parameters: $meeting_id, $team_ids, $teacher_id
-- columns: note_id, step_key, note_kind, words, own, author_name
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    note.note_id,
    note.step_key,
    note.note_kind,
    note.words,
    note.author_teacher_id = $teacher_id as own,
    case
        when note.note_kind <> 'observation' then coalesce(teacher.name, note.author_teacher_id)
    end as author_name
from meeting_note as note
inner join meeting on note.meeting_id = meeting.meeting_id
left join
    meeting_step as step
    on note.meeting_id = step.meeting_id and note.step_key = step.step_key
left join teacher on note.author_teacher_id = teacher.teacher_id
where
    note.meeting_id = $meeting_id
    and meeting.team_id in (select unnest($team_ids))
    and note.taken_back_at is null
    and (
        note.note_kind <> 'observation'
        or note.author_teacher_id = $teacher_id
        or step.revealed_at is not null
    )
order by note.note_id
