-- What each student's counted result is a result of: where versions of a test are signed to be comparable, theirs
-- count as the one assessment's. A student who sat both versions has two, which are averaged as standards are.
-- parameters: none
-- columns: student_key, section_key, assessment_key, standard_key, score
-- scope: system
select
    counted_result.student_key,
    counted_result.section_key,
    coalesce(pooled_assessment.pooled_key, counted_result.assessment_key) as assessment_key,
    counted_result.standard_key,
    counted_result.score
from counted_result
left join pooled_assessment on counted_result.assessment_key = pooled_assessment.assessment_key
