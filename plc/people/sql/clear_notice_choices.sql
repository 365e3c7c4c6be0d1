-- Forgets who wants to be told what, when the made-up people leave.
-- parameters: none
-- columns: none
-- scope: system
delete from notice_choice
