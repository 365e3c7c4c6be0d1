-- Each student's mean over the standards of an assessment, in that assessment's own spread. Where an
-- assessment is scored by standard only, this is the student's result already; where it also has a score
-- for the whole, the mean over standards is made here. One standard alone says nothing of its own.
-- parameters: none
-- columns: student_key, section_key, scale_key, mean_z, spread
-- scope: system
with beside_whole as (
    select
        scored_result.student_key,
        scanned_assessment.assessment_key,
        score_moment.grade,
        scale.scale_key,
        avg((least(greatest(scored_result.score, score_moment.low_score), score_moment.high_score) - score_moment.mean_score) / nullif(score_moment.sd_score, 0)) as mean_z
    from scored_result
    inner join scanned_assessment on scored_result.assessment_key = scanned_assessment.assessment_key
    left join scanned_section on scored_result.section_key = scanned_section.section_key
    inner join score_moment
        on
            scored_result.assessment_key = score_moment.assessment_key
            and scored_result.standard_key = score_moment.standard_key
            and coalesce(scanned_assessment.grade, scanned_section.grade, -99) = score_moment.grade
    inner join scale
        on score_moment.assessment_key = scale.assessment_key and score_moment.grade = scale.grade
    where scored_result.standard_key > 0 and not scale.by_standard and scale.is_outcome and scale.standards > 1
    group by
        scored_result.student_key, scanned_assessment.assessment_key, score_moment.grade, scale.scale_key
),

beside_spread as (
    select scale_key, nullif(stddev_samp(mean_z), 0) as spread from beside_whole group by scale_key
)

select
    expected.student_key,
    expected.section_key,
    student_result.scale_key,
    case when scale.by_standard then student_result.z else beside_whole.mean_z end as mean_z,
    case when scale.by_standard then scale_spread.sd_z else beside_spread.spread end as spread
from expected
inner join student_result
    on expected.student_key = student_result.student_key and expected.section_key = student_result.place_key
inner join scale on student_result.scale_key = scale.scale_key
inner join scale_spread on student_result.scale_key = scale_spread.scale_key
left join beside_whole
    on student_result.student_key = beside_whole.student_key and student_result.scale_key = beside_whole.scale_key
left join beside_spread on student_result.scale_key = beside_spread.scale_key
left join few_takers on student_result.scale_key = few_takers.scale_key
where
    scale.is_outcome
    and few_takers.scale_key is null
    and scale.standards > 1
    and (scale.by_standard or beside_spread.spread is not null)
