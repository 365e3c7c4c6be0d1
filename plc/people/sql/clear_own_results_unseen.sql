-- Forgets what was newly found of whom, when the made-up people leave.
-- parameters: none
-- columns: none
-- scope: system
delete from own_result_unseen
