-- Empty `meeting_attendance`, when a made-up district is taken back.
-- parameters: none
-- columns: none
-- scope: system
delete from meeting_attendance
