-- Records who sits at this computer; the agreement is looked up when the seat is read.
-- parameters: $role, $teacher_id, $school_id, $taken_at
-- columns: none
-- scope: system
insert into local_seat (role, teacher_id, school_id, taken_at)
values ($role, $teacher_id, $school_id, $taken_at)
