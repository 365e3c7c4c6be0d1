-- A teacher's own students who began a year behind, as of the latest look.
-- parameters: $teacher_id
-- columns: subject, students, sections, teachers, caught_up, expected, excess, lower_bound, upper_bound, exceeds
-- scope: self
select
    subject,
    students,
    sections,
    teachers,
    caught_up,
    expected,
    excess,
    lower_bound,
    upper_bound,
    exceeds
from own_catch_up
where teacher_id = $teacher_id
order by subject nulls last
