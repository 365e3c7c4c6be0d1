-- How many members have written an observation in each step, before anybody may read them.
-- parameters: $meeting_id, $team_ids
-- columns: step_key, writers
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select note.step_key, count(distinct note.author_teacher_id) as writers
from meeting_note as note
inner join meeting on note.meeting_id = meeting.meeting_id
where
    note.meeting_id = $meeting_id
    and meeting.team_id in (select unnest($team_ids))
    and note.note_kind = 'observation'
    and note.taken_back_at is null
group by note.step_key
order by note.step_key
