-- Catch-up within one year by student group and by what sets the expectation.
-- parameters: none
-- columns: subject, group_name, group_value, grade, gap_bin, students, caught_up
-- scope: system
select
    start.subject,
    student_group.group_name,
    student_group.group_value,
    start.grade,
    start.gap_bin,
    count(*) as students,
    sum(start.caught_up) as caught_up
from start
join student_group on student_group.student_key = start.student_key
where start.behind = 1 and start.horizon = 1
group by start.subject, student_group.group_name, student_group.group_value, start.grade, start.gap_bin
order by
    start.subject nulls last,
    student_group.group_name nulls last,
    student_group.group_value nulls last,
    start.grade nulls last,
    start.gap_bin nulls last
