-- The school years held, with how many students have results in each.
-- parameters: none
-- columns: school_year, students, results
-- scope: system
select assessment_version.school_year, count(distinct result_version.student_key) as students, count(*) as results
from result_version
inner join (select distinct assessment_key, school_year from assessment_version) as assessment_version
    on result_version.assessment_key = assessment_version.assessment_key
group by assessment_version.school_year
order by assessment_version.school_year nulls last
