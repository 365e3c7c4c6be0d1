-- Step 1: one score per student and assessment, on the scale the file used. The first scored attempt
-- counts; where an assessment has no whole score, the mean over its standards stands for it. What a
-- class was given to begin the year (kind 'baseline') says nothing about where the year ended.
-- parameters: $subject
-- columns: student_key, subject, grade, school_year, assessment_name, taken_on, score
-- scope: system
create or replace temp table assessment_score as
with first_attempt as (
    select
        student_key,
        assessment_key,
        standard_key,
        max(section_key) as section_key,
        min(taken_on) as taken_on,
        arg_min(score, attempt) as score
    from result_version
    where superseded_by is null and status = 'scored' and score is not null
    group by student_key, assessment_key, standard_key
),
whole as (
    select assessment_key, min(standard_key) as first_standard_key
    from first_attempt
    group by assessment_key
)
select
    first_attempt.student_key,
    assessment.subject,
    coalesce(max(assessment.grade), max(section.grade)) as grade,
    assessment.school_year,
    assessment.name as assessment_name,
    min(first_attempt.taken_on) as taken_on,
    avg(first_attempt.score) as score
from first_attempt
join whole on whole.assessment_key = first_attempt.assessment_key
join assessment on assessment.assessment_key = first_attempt.assessment_key
left join section on section.section_key = first_attempt.section_key
where
    assessment.kind <> 'baseline'
    and (whole.first_standard_key > 0 or first_attempt.standard_key = 0)
    and ($subject is null or assessment.subject = $subject)
group by
    first_attempt.student_key,
    first_attempt.assessment_key,
    assessment.subject,
    assessment.school_year,
    assessment.name
