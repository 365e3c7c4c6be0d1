-- What stands in each class's results of an assessment and standard, as one number that any change moves.
-- parameters: none
-- columns: section_key, assessment_key, standard_key, state
-- scope: system
-- duckdb only: hash of several columns, and its exclusive or over rows
select
    result.section_key,
    result.assessment_key,
    result.standard_key,
    bit_xor(hash(result.student_key, result.attempt, result.score, result.status)) as state
from result
where result.section_key is not null
group by result.section_key, result.assessment_key, result.standard_key
