-- Forget every teacher's own figure of the look before.
-- parameters: none
-- columns: none
-- scope: system
delete from own_catch_up
