-- One row per score scale of whole assessments, numbered in the order of their dates. An assessment
-- with results for the whole uses those; one scored by standard only uses the mean over standards.
-- parameters: none
-- columns: scale_key, assessment_key, grade, period_key, school_year, taken_on, is_outcome, is_baseline, error_variance, by_standard, standards
-- scope: system
with scale_content as (
    select
        assessment_key,
        grade,
        min(standard_key) > 0 as by_standard,
        sum(case when standard_key > 0 then 1 else 0 end) as standards
    from score_moment
    group by assessment_key, grade
)

select
    cast(
        row_number() over (order by scanned_assessment.taken_on, scale_content.assessment_key, scale_content.grade)
        as integer
    ) as scale_key,
    scale_content.assessment_key,
    scale_content.grade,
    scanned_assessment.period_key,
    scanned_assessment.school_year,
    scanned_assessment.taken_on,
    scanned_assessment.is_outcome,
    scanned_assessment.is_baseline,
    scanned_assessment.error_variance,
    scale_content.by_standard,
    scale_content.standards
from scale_content
inner join scanned_assessment on scale_content.assessment_key = scanned_assessment.assessment_key
