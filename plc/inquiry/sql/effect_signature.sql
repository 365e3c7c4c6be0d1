-- The results of each class that a figure stands on, as one word: those of its compared students on the test's
-- occasions, and those that gave them a starting point, as they were uploaded. Other results, and another mean of
-- the district, leave the word as it is. Of fewer than $least_behind students it begins with `few`: such a class hardly
-- moves a figure, and nobody is hidden behind it.
-- parameters: $low_only, $least_behind
-- columns: section_key, signature
-- scope: system
-- duckdb only: string_agg with an order
with counted as (
    select distinct assessment_key, standard_key from effect_scale
),

compared as (
    select student_key, section_key
    from effect_member
    where there and started and after and (low or not cast($low_only as boolean))
),

held as (
    select
        compared.section_key,
        compared.student_key,
        scored_result.assessment_key,
        scored_result.standard_key,
        scored_result.score
    from compared
    inner join scored_result on compared.student_key = scored_result.student_key
    inner join counted
        on
            scored_result.assessment_key = counted.assessment_key
            and (counted.standard_key < 0 or scored_result.standard_key = counted.standard_key)
    union
    select
        compared.section_key,
        compared.student_key,
        scored_result.assessment_key,
        scored_result.standard_key,
        scored_result.score
    from compared
    inner join start on compared.student_key = start.student_key
    inner join scale on start.start_scale = scale.scale_key
    inner join scored_result
        on
            compared.student_key = scored_result.student_key
            and scale.assessment_key = scored_result.assessment_key
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
        md5(string_agg(words, '/' order by words))
    ) as signature
from pupil
group by section_key
