-- The results of each class that a figure stands on, as one word: those of its compared students on the test's
-- occasions, and those that gave them a starting point, as they were uploaded. Other results, and another mean of
-- the district, leave the word as it is. Of fewer than $least_behind students it begins with `few`: such a class hardly
-- moves a figure, and nobody is hidden behind it. After it stands a number, each byte of which any change in an eighth of
-- the students moves, so that of how many at least results changed can be told.
-- parameters: $low_only, $least_behind
-- columns: section_key, signature
-- scope: system
-- duckdb only: string_agg with an order, hash, and its exclusive or over rows
with compared as (
    select student_key, section_key
    from effect_member
    where there and started and after and (low or not cast($low_only as boolean))
),

-- What is asked of each student: an assessment, and one standard of it where `standard_key` is not below 0.
asked as (
    select compared.section_key, compared.student_key, effect_scale.assessment_key, effect_scale.standard_key
    from compared
    cross join effect_scale
    union
    select compared.section_key, compared.student_key, scale.assessment_key, -1 as standard_key
    from compared
    inner join start on compared.student_key = start.student_key
    inner join scale on start.start_scale = scale.scale_key
),

held as (
    select distinct
        asked.section_key,
        asked.student_key,
        asked.assessment_key,
        scored_result.standard_key,
        scored_result.score
    from asked
    inner join scored_result
        on
            asked.student_key = scored_result.student_key
            and asked.assessment_key = scored_result.assessment_key
            and (asked.standard_key < 0 or asked.standard_key = scored_result.standard_key)
),

-- Nobody is named: a student who left and came back with the same results is the same.
pupil as (
    select
        held.section_key,
        held.student_key,
        string_agg(
            concat_ws('|', assessment.assessment_id, cast(held.standard_key as varchar), cast(held.score as varchar)),
            ';'
            order by assessment.assessment_id, held.standard_key
        ) as words
    from held
    inner join assessment on held.assessment_key = assessment.assessment_key
    group by held.section_key, held.student_key
)

select
    section_key,
    concat(
        case when count(distinct student_key) < $least_behind then 'few ' else '' end,
        md5(string_agg(words, '/' order by words)),
        '#',
        bit_xor(cast(hash(words) % 255 + 1 as ubigint) << cast(8 * (student_key % 8) as ubigint))
    ) as signature
from pupil
group by section_key
