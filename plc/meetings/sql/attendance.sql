-- Who was set or seen to be present.
-- parameters: $meeting_id, $team_ids
-- columns: teacher_id, name, present, set_by_hand
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    attendance.teacher_id,
    coalesce(teacher.name, attendance.teacher_id) as name,
    attendance.present,
    attendance.set_by_hand
from meeting_attendance as attendance
inner join meeting on attendance.meeting_id = meeting.meeting_id
left join teacher on attendance.teacher_id = teacher.teacher_id
where attendance.meeting_id = $meeting_id and meeting.team_id in (select unnest($team_ids))
order by attendance.teacher_id
