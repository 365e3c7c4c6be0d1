-- What stands in each class's results of an assessment and standard, as one number that any change moves.
-- parameters: none
-- columns: section_key, assessment_key, standard_key, state
-- scope: system
-- duckdb only: hash of several columns, and its exclusive or over rows
select
    result.section_key,
    coalesce(pooled_assessment.pooled_key, result.assessment_key) as assessment_key,
    result.standard_key,
    bit_xor(
        hash(result.student_key, result.assessment_key, result.attempt, result.score, result.status)
    ) as state
from result
left join pooled_assessment on result.assessment_key = pooled_assessment.assessment_key
where result.section_key is not null
group by
    result.section_key,
    coalesce(pooled_assessment.pooled_key, result.assessment_key),
    result.standard_key
