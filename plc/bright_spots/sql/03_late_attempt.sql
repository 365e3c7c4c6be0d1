-- Students whose first scored attempt was not the first: absent at first, scored later.
-- parameters: none
-- columns: student_key, assessment_key, standard_key, first_attempt
-- scope: system
with later as (
    select distinct student_key, assessment_key, standard_key
    from result
    where attempt > 1 and score is not null
)

select
    result.student_key,
    result.assessment_key,
    result.standard_key,
    min(result.attempt) as first_attempt
from result
inner join later
    on
        result.student_key = later.student_key
        and result.assessment_key = later.assessment_key
        and result.standard_key = later.standard_key
where result.score is not null
group by result.student_key, result.assessment_key, result.standard_key
having min(result.attempt) > 1
