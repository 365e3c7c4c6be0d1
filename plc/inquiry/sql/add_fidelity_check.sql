-- One answer to "did you do it?" of a class's own teacher.
-- parameters: $test_id, $section_id, $teacher_id, $week_of, $done, $times, $changed, $answered_at
-- columns: none
-- scope: self
insert into fidelity_check (test_id, section_id, teacher_id, week_of, done, times, changed, answered_at)
select $test_id, chosen.section_id, chosen.teacher_id, $week_of, $done, $times, $changed, $answered_at
from test_section as chosen
where chosen.test_id = $test_id and chosen.section_id = $section_id and chosen.teacher_id = $teacher_id
returning section_id
