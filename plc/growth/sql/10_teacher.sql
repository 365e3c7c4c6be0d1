-- Step 10: who taught a unit's student in the year whose end the figure reads.
-- parameters: none
-- columns: whole, unit, teacher_key
-- scope: system
create or replace temp table proposed_teacher as
select distinct proposed_unit.whole, proposed_unit.unit, taught.teacher_key
from proposed_unit
join taught
    on taught.student_key = proposed_unit.student_key
    and taught.subject = proposed_unit.subject
    and taught.school_year = proposed_unit.school_year
