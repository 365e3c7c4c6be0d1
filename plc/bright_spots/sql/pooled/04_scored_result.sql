-- Step 4 where versions of a test are signed to be comparable: their results count as the one assessment's.
-- A student who sat both versions has two results of it, which are averaged as standards are.
-- parameters: none
-- columns: student_key, section_key, assessment_key, standard_key, score
-- scope: system
select
    counted.student_key,
    counted.section_key,
    coalesce(pooled_assessment.pooled_key, counted.assessment_key) as assessment_key,
    counted.standard_key,
    counted.score
from (
    select student_key, section_key, assessment_key, standard_key, score
    from result
    where attempt = 1 and score is not null
    union all
    select result.student_key, result.section_key, result.assessment_key, result.standard_key, result.score
    from result
    inner join late_attempt
        on
            result.student_key = late_attempt.student_key
            and result.assessment_key = late_attempt.assessment_key
            and result.standard_key = late_attempt.standard_key
            and result.attempt = late_attempt.first_attempt
) as counted
left join pooled_assessment on counted.assessment_key = pooled_assessment.assessment_key
