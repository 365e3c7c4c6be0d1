-- Every result of one course in one school year, district wide, for the steps after it: percent of points and
-- z-score within its assessment and standard. `standard_key` 0 is the assessment as a whole, which is the
-- mean of its standards where it reports nothing else. Versions signed to be comparable count as one.
-- parameters: $subject, $grade, $school_year
-- columns: student_key, section_key, assessment_key, standard_key, score, percent, z
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
),

moment as (
    select assessment_key, standard_key, avg(score) as mean_score, stddev_samp(score) as sd_score
    from counted
    group by assessment_key, standard_key
),

placed as (
    select
        counted.student_key,
        counted.section_key,
        counted.assessment_key,
        counted.standard_key,
        counted.score,
        counted.percent,
        (counted.score - moment.mean_score) / nullif(moment.sd_score, 0) as z
    from counted
    inner join moment
        on counted.assessment_key = moment.assessment_key and counted.standard_key = moment.standard_key
    where moment.sd_score > 0
),

whole as (
    select
        assessment_key,
        student_key,
        max(section_key) as section_key,
        avg(score) as score,
        avg(percent) as percent,
        avg(z) as z
    from placed
    where
        standard_key <> 0
        and assessment_key not in (select placed.assessment_key from placed where placed.standard_key = 0)
    group by assessment_key, student_key
)

select student_key, section_key, assessment_key, standard_key, score, percent, z
from placed
union all
select student_key, section_key, assessment_key, 0 as standard_key, score, percent, z
from whole
