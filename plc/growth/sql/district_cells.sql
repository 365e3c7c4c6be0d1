-- The district's catch-up within one year by subject, grade and bin of the starting gap (0.25 SD).
-- parameters: none
-- columns: subject, grade, gap_bin, students, caught_up
-- scope: system
select subject, grade, gap_bin, count(*) as students, sum(caught_up) as caught_up
from start
where behind = 1 and horizon = 1
group by subject, grade, gap_bin
order by subject nulls last, grade nulls last, gap_bin nulls last
