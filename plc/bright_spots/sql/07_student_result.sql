-- One row per student and assessment: z-scores free of difficulty and scale, averaged over standards.
-- `place_key` is the section, or minus the period where the result belongs to no section of its
-- subject and year.
-- parameters: none
-- columns: student_key, place_key, scale_key, z
-- scope: system
select
    scored_result.student_key,
    max(coalesce(scanned_section.section_key, -scale.period_key)) as place_key,
    scale.scale_key,
    avg((least(greatest(scored_result.score, score_moment.low_score), score_moment.high_score) - score_moment.mean_score) / nullif(score_moment.sd_score, 0)) as z
from scored_result
inner join scanned_assessment on scored_result.assessment_key = scanned_assessment.assessment_key
left join scanned_section
    on
        scored_result.section_key = scanned_section.section_key
        and scanned_assessment.period_key = scanned_section.period_key
inner join score_moment
    on
        scored_result.assessment_key = score_moment.assessment_key
        and scored_result.standard_key = score_moment.standard_key
        and coalesce(scanned_assessment.grade, scanned_section.grade, -99) = score_moment.grade
inner join scale
    on
        score_moment.assessment_key = scale.assessment_key
        and score_moment.grade = scale.grade
        and (scale.by_standard or score_moment.standard_key = 0)
group by scored_result.student_key, scale.scale_key
having avg((least(greatest(scored_result.score, score_moment.low_score), score_moment.high_score) - score_moment.mean_score) / nullif(score_moment.sd_score, 0)) is not null
