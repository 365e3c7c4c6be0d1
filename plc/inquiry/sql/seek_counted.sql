-- Every result of one course in one school year, district wide, for the steps after it: score and percent of points.
-- `standard_key` 0 is the assessment as a whole. Versions signed to be comparable count as one.
-- parameters: $subject, $grade, $school_year
-- columns: student_key, section_key, assessment_key, standard_key, score, percent
-- scope: system
with course_assessment as (
    select
        assessment.assessment_key,
        coalesce(pooled_assessment.pooled_key, assessment.assessment_key) as counted_key,
        assessment.max_score
    from assessment
    left join pooled_assessment on assessment.assessment_key = pooled_assessment.assessment_key
    where
        assessment.subject = $subject
        and assessment.school_year = $school_year
        and assessment.kind <> 'baseline'
        and ($grade is null or assessment.grade is null or assessment.grade = $grade)
),

course_section as (
    select section_key
    from section
    where subject = $subject and school_year = $school_year and ($grade is null or grade = $grade)
),

counted as (
    select
        result.student_key,
        max(result.section_key) as section_key,
        course_assessment.counted_key as assessment_key,
        result.standard_key,
        min_by(result.score, result.attempt) as score,
        min_by(100 * result.score / nullif(course_assessment.max_score, 0), result.attempt) as percent
    from result
    inner join course_assessment on result.assessment_key = course_assessment.assessment_key
    inner join course_section on result.section_key = course_section.section_key
    where result.score is not null
    group by result.student_key, course_assessment.counted_key, result.standard_key
)

select student_key, section_key, assessment_key, standard_key, score, percent
from counted
