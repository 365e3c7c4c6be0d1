-- Who answered at the end of a made-up team's meeting: those who were there.
-- parameters: $meeting_id
-- columns: none
-- scope: system
insert into exit_answered (meeting_id, teacher_id)
select meeting_id, teacher_id from meeting_attendance where meeting_id = $meeting_id and present
