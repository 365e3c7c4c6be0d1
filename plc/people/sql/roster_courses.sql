-- Courses of the latest school year, to choose from.
-- parameters: none
-- columns: subject, grade
-- scope: system
select distinct subject, grade
from section
where school_year = (select max(latest.school_year) from section as latest)
order by grade nulls last, subject nulls last
