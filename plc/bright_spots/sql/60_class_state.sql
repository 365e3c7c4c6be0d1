-- What stands in each class's results of an assessment and standard, as one number that any change moves, and as one
-- each byte of which any change in an eighth of the students moves, so that of how many at least results changed can be
-- told. A starting point counts for students with results since: others are in no figure.
-- parameters: none
-- columns: section_key, assessment_key, standard_key, state, eighths
-- scope: system
-- duckdb only: hash of several columns, and its exclusive or over rows
with taker as (
    select distinct result.section_key, result.student_key
    from result
    inner join assessment on result.assessment_key = assessment.assessment_key
    where assessment.kind is distinct from 'baseline'
),

counted as (
    select
        result.section_key,
        result.assessment_key,
        result.standard_key,
        result.student_key,
        hash(result.student_key, result.attempt, result.score, result.status) as word
    from result
    inner join assessment on result.assessment_key = assessment.assessment_key
    left join taker on result.section_key = taker.section_key and result.student_key = taker.student_key
    where
        result.section_key is not null
        and (assessment.kind is distinct from 'baseline' or taker.student_key is not null)
)

select
    section_key,
    assessment_key,
    standard_key,
    bit_xor(word) as state,
    bit_xor(cast(word % 255 + 1 as ubigint) << cast(8 * (student_key % 8) as ubigint)) as eighths
from counted
group by section_key, assessment_key, standard_key
