-- What stands, beside a test's own classes, in the results of everybody who took one of its occasions, with starting
-- points, as they were uploaded: for each assessment and class one number, each byte of which any change in an eighth
-- of its students moves. Results are standardised over all of them. A class '' is of results without one.
-- parameters: none
-- columns: assessment_id, section_id, state
-- scope: system
-- duckdb only: hash of several columns, and its exclusive or over rows
with taken as (
    select distinct student_result.student_key, student_result.place_key, scale.assessment_key
    from student_result
    inner join effect_scale on student_result.scale_key = effect_scale.scale_key
    inner join scale on student_result.scale_key = scale.scale_key
    where student_result.place_key not in (select section_key from effect_section)
),

held as (
    select student_key, place_key, assessment_key, assessment_key as of_assessment
    from taken
    union all
    select distinct taken.student_key, taken.place_key, taken.assessment_key, scale.assessment_key as of_assessment
    from taken
    inner join start on taken.student_key = start.student_key
    inner join scale on start.start_scale = scale.scale_key
),

of_class as (
    select
        held.assessment_key,
        held.place_key,
        bit_xor(
            cast(
                hash(held.student_key, held.of_assessment, scored_result.standard_key, scored_result.score)
                % 255 + 1 as ubigint
            ) << cast(8 * (held.student_key % 8) as ubigint)
        ) as state
    from held
    inner join scored_result
        on held.student_key = scored_result.student_key and held.of_assessment = scored_result.assessment_key
    group by held.assessment_key, held.place_key
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
