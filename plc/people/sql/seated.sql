-- The seat taken on this computer.
-- parameters: none
-- columns: role, teacher_id, school_id
-- scope: system
select role, teacher_id, school_id from local_seat
