-- How many school years of year-end results each subject has.
-- parameters: none
-- columns: subject, years, first_year, last_year
-- scope: system
select subject, count(distinct school_year) as years, min(school_year) as first_year, max(school_year) as last_year
from assessment_score
group by subject
order by subject nulls last
