-- Each student's deviation on each standard from her own mean over standards, averaged over assessments.
-- parameters: none
-- columns: student_key, section_key, standard_key, assessments, deviation
-- scope: system
select
    standard_mean.student_key,
    standard_mean.section_key,
    scored_result.standard_key,
    count(*) as assessments,
    avg(
        (
            (least(greatest(scored_result.score, score_moment.low_score), score_moment.high_score) - score_moment.mean_score) / nullif(score_moment.sd_score, 0)
            - standard_mean.mean_z
        )
        / standard_mean.spread
    ) as deviation
from scored_result
inner join scanned_assessment on scored_result.assessment_key = scanned_assessment.assessment_key
left join scanned_section on scored_result.section_key = scanned_section.section_key
inner join score_moment
    on
        scored_result.assessment_key = score_moment.assessment_key
        and scored_result.standard_key = score_moment.standard_key
        and coalesce(scanned_assessment.grade, scanned_section.grade, -99) = score_moment.grade
inner join scale on score_moment.assessment_key = scale.assessment_key and score_moment.grade = scale.grade
inner join standard_mean
    on scored_result.student_key = standard_mean.student_key and scale.scale_key = standard_mean.scale_key
where scored_result.standard_key > 0 and scale.is_outcome
group by standard_mean.student_key, standard_mean.section_key, scored_result.standard_key
