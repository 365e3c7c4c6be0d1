-- Keep each teacher's rows by group of her students.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_opportunity (
    scan_key, teacher_id, subject, student_group, students, sections, effect, sd, lower_bound, upper_bound,
    probability, label
)
select
    $scan_key as scan_key,
    teacher_id,
    subject,
    student_group,
    students,
    sections,
    effect,
    sd,
    lower,
    upper,
    probability,
    label
from supplied
