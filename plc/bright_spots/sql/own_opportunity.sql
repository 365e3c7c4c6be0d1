-- A teacher's own rows of the latest scan by group of her students.
-- parameters: $teacher_id
-- columns: subject, student_group, students, sections, effect, lower_bound, upper_bound, label
-- scope: self
select
    subject,
    student_group,
    students,
    sections,
    effect,
    lower_bound,
    upper_bound,
    label
from scan_opportunity
where teacher_id = $teacher_id and scan_key = (select max(scan.scan_key) from scan)
order by subject nulls last, student_group nulls last
