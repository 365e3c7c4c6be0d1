-- Keep every teacher's own figure, each for herself.
-- parameters: $data_version
-- columns: none
-- scope: system
insert into own_catch_up (
    teacher_id, subject, students, sections, teachers, caught_up, expected, excess, lower_bound, upper_bound,
    exceeds, data_version
)
select
    unit as teacher_id,
    subject,
    students,
    clusters as sections,
    units as teachers,
    observed as caught_up,
    expected,
    excess,
    lower as lower_bound,
    upper as upper_bound,
    exceeds,
    $data_version as data_version
from supplied
