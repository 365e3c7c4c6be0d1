-- Catch-up within one year by school and by what sets the expectation; read only by the estimate.
-- parameters: none
-- columns: subject, unit, cluster, grade, gap_bin, students, squared, caught_up
-- scope: system
select
    start.subject,
    school.school_id as unit,
    start.start_year as cluster,
    start.grade,
    start.gap_bin,
    count(*) as students,
    count(*) as squared,
    sum(start.caught_up) as caught_up
from start
join school on school.school_key = start.school_key
where start.behind = 1 and start.horizon = 1
group by start.subject, school.school_id, start.start_year, start.grade, start.gap_bin
order by
    start.subject nulls last,
    unit nulls last,
    cluster nulls last,
    start.grade nulls last,
    start.gap_bin nulls last
