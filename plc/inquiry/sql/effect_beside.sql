-- What stands, beside a test's own classes, in the results of everybody who took one of its occasions, with starting
-- points, as they were uploaded: for each assessment and class one number, each byte of which any change in an eighth
-- of its students moves. Results are standardised over all of them. A class '' is of results without one.
-- parameters: none
-- columns: assessment_id, section_id, state
-- scope: system
-- duckdb only: hash of several columns, and its exclusive or over rows
with of_class as (
    select
        effect_taken.assessment_key,
        effect_taken.place_key,
        bit_xor(
            cast(
                hash(effect_taken.student_key, effect_taken.of_assessment, scored_result.standard_key, scored_result.score)
                % 255 + 1 as ubigint
            ) << cast(8 * (effect_taken.student_key % 8) as ubigint)
        ) as state
    from effect_taken
    inner join scored_result
        on effect_taken.student_key = scored_result.student_key and effect_taken.of_assessment = scored_result.assessment_key
    group by effect_taken.assessment_key, effect_taken.place_key
)

select
    assessment.assessment_id,
    coalesce(section.section_id, '') as section_id,
    bit_xor(of_class.state) as state
from of_class
inner join assessment on of_class.assessment_key = assessment.assessment_key
left join section on of_class.place_key = section.section_key
group by assessment.assessment_id, section.section_id
order by assessment.assessment_id, section_id
