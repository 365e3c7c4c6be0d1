-- Whether there are results, and whether any student has them in two school years of a subject.
-- parameters: none
-- columns: results, followed
-- scope: system
with student_years as (
    select result.student_key, assessment.subject, count(distinct assessment.school_year) as years
    from result
    inner join assessment on result.assessment_key = assessment.assessment_key
    where assessment.kind <> 'baseline'
    group by result.student_key, assessment.subject
)

select count(*) > 0 as results, coalesce(max(years), 0) > 1 as followed
from student_years
