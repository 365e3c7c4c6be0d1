-- Somebody is present or not; what was set by hand outlasts being seen.
-- parameters: $meeting_id, $team_ids, $teacher_id, $present, $set_by_hand, $now
-- columns: none
-- scope: team
-- duckdb only: on conflict
insert into meeting_attendance
select meeting_id, $teacher_id, $present, $set_by_hand, $now
from meeting
where meeting_id = $meeting_id and team_id in (select unnest($team_ids))
on conflict (meeting_id, teacher_id) do update
set present = excluded.present, set_by_hand = excluded.set_by_hand, changed_at = excluded.changed_at
where excluded.set_by_hand or not meeting_attendance.set_by_hand
