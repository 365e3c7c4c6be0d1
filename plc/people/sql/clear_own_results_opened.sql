-- Forgets who opened her own result, when the made-up people leave.
-- parameters: none
-- columns: none
-- scope: system
delete from own_result_opened
