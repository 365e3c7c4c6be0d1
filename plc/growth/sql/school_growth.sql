-- Growth over one year by school, grade and year: change of standing in SD and its sum of squares, and
-- the mean starting gap. Read only by the estimate of years of growth.
-- parameters: none
-- columns: subject, school_id, grade, start_year, students, change, spread, start_gap
-- scope: system
select
    start.subject,
    school.school_id,
    start.grade,
    start.start_year,
    count(start.change) as students,
    avg(start.change) as change,
    coalesce(stddev_samp(start.change), 0) as spread,
    avg(start.start_gap) as start_gap
from start
join school on school.school_key = start.school_key
where start.horizon = 1 and start.change is not null
group by start.subject, school.school_id, start.grade, start.start_year
order by
    start.subject nulls last, school.school_id nulls last, start.grade nulls last, start.start_year nulls last
