-- Standardised results of the whole district on the test's occasions: mean 0 and SD 1 among all who sat them. `y` of
-- an occasion measured by a standard is of that standard's score alone.
-- parameters: none
-- columns: student_key, section_key, scale_key, after, y
-- scope: system
select
    student_result.student_key,
    student_result.place_key as section_key,
    student_result.scale_key,
    effect_scale.after,
    (student_result.z - scale_spread.mean_z) / scale_spread.sd_z as y
from student_result
inner join effect_scale on student_result.scale_key = effect_scale.scale_key
inner join scale_spread on student_result.scale_key = scale_spread.scale_key
where effect_scale.standard_key < 0
union all
select
    scored_result.student_key,
    max(coalesce(scanned_section.section_key, -scale.period_key)) as section_key,
    scale.scale_key,
    max(effect_scale.after) as after,
    avg(
        (least(greatest(scored_result.score, score_moment.low_score), score_moment.high_score) - score_moment.mean_score)
        / nullif(score_moment.sd_score, 0)
    ) as y
from scored_result
inner join effect_scale
    on
        scored_result.assessment_key = effect_scale.assessment_key
        and scored_result.standard_key = effect_scale.standard_key
inner join scale on effect_scale.scale_key = scale.scale_key
left join scanned_section
    on scored_result.section_key = scanned_section.section_key and scale.period_key = scanned_section.period_key
inner join score_moment
    on
        scored_result.assessment_key = score_moment.assessment_key
        and scored_result.standard_key = score_moment.standard_key
        and scale.grade = score_moment.grade
where coalesce(scanned_section.grade, scale.grade) = scale.grade and score_moment.sd_score > 0
group by scored_result.student_key, scale.scale_key
