-- Keep each teacher's comparison of those who started lowest with her other students.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_balancing (
    scan_key, teacher_id, subject, students, others, difference, lower_bound, upper_bound, below, behind
)
select
    $scan_key as scan_key,
    teacher_id,
    subject,
    students,
    others,
    difference,
    lower,
    upper,
    below,
    behind
from supplied
