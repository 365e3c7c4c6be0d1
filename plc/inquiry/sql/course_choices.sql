-- Courses with results: a subject in a grade and school year. No person is in it.
-- parameters: none
-- columns: subject, grade, school_year
-- scope: system
select distinct section.subject, section.grade, section.school_year
from section
order by section.school_year desc nulls last, section.subject nulls last, section.grade nulls last
