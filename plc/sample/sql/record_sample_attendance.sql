-- Somebody was in a meeting of a made-up team.
-- parameters: $meeting_id, $teacher_id, $changed_at
-- columns: none
-- scope: system
insert into meeting_attendance (meeting_id, teacher_id, present, set_by_hand, changed_at)
values ($meeting_id, $teacher_id, true, false, $changed_at)
