-- Forgets how made-up teachers read their results, when they leave.
-- parameters: none
-- columns: none
-- scope: system
delete from own_reading
