-- Catch-up within one year by teacher and section and by what sets the expectation, each student
-- weighted by her share. Read only by the estimate, which needs every teacher; never handed on.
-- parameters: none
-- columns: subject, unit, cluster, grade, gap_bin, students, squared, caught_up
-- scope: system
select
    start.subject,
    teacher.teacher_id as unit,
    taught.section_key as cluster,
    start.grade,
    start.gap_bin,
    sum(taught.weight) as students,
    sum(taught.weight * taught.weight) as squared,
    sum(taught.weight * start.caught_up) as caught_up
from start
join taught
    on taught.student_key = start.student_key
    and taught.subject = start.subject
    and taught.school_year = start.start_year + 1
join teacher on teacher.teacher_key = taught.teacher_key
where start.behind = 1 and start.horizon = 1 and taught.weight > 0
group by start.subject, teacher.teacher_id, taught.section_key, start.grade, start.gap_bin
order by
    start.subject nulls last,
    unit nulls last,
    cluster nulls last,
    start.grade nulls last,
    start.gap_bin nulls last
