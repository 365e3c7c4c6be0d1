-- How many have answered, and whether the viewer has.
-- parameters: $meeting_id, $team_ids, $teacher_id
-- columns: answers, own
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    count(*) as answers,
    coalesce(bool_or(answered.teacher_id = $teacher_id), false) as own
from exit_answered as answered
inner join meeting on answered.meeting_id = meeting.meeting_id
where answered.meeting_id = $meeting_id and meeting.team_id in (select unnest($team_ids))
