-- A teacher's own students who started lowest against her others, in the latest scan.
-- parameters: $teacher_id
-- columns: subject, students, others, difference, lower_bound, upper_bound, below, behind
-- scope: self
select
    subject,
    students,
    others,
    difference,
    lower_bound,
    upper_bound,
    below,
    behind
from scan_balancing
where teacher_id = $teacher_id and scan_key = (select max(scan.scan_key) from scan)
order by subject nulls last
