-- Empties the seat of this computer.
-- parameters: none
-- columns: none
-- scope: system
delete from local_seat
