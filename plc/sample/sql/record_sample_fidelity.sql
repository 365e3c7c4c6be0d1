-- A made-up answer to "did you do it?", by the class's own teacher.
-- parameters: $test_id, $section_id, $week_of, $done, $times, $changed, $answered_at
-- columns: none
-- scope: system
insert into fidelity_check (test_id, section_id, teacher_id, week_of, done, times, changed, answered_at)
select $test_id, section_id, teacher_id, $week_of, $done, $times, $changed, $answered_at
from test_section
where test_id = $test_id and section_id = $section_id
