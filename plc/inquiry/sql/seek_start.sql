-- Where each student of the course started: the year's baseline, else her latest result of an earlier year in
-- the subject, as a share of its points. `error_variance` is 1 - reliability.
-- parameters: $subject, $school_year, $reliability
-- columns: student_key, start_key, share, error_variance
-- scope: system
with pupil as (
    select distinct student_key from seek_counted
),

candidate as (
    select
        result.student_key,
        assessment.assessment_key,
        avg(result.score / nullif(assessment.max_score, 0)) as share,
        max(assessment.taken_on) as taken_on,
        max(assessment.kind) = 'baseline' as is_baseline,
        max(coalesce(assessment.reliability, $reliability)) as reliability
    from result
    inner join pupil on result.student_key = pupil.student_key
    inner join assessment on result.assessment_key = assessment.assessment_key
    where
        assessment.subject = $subject
        and result.attempt = 1
        and result.score is not null
        and (
            (assessment.school_year = $school_year and assessment.kind = 'baseline')
            or assessment.school_year < $school_year
        )
    group by result.student_key, assessment.assessment_key
),

preferred as (
    select
        student_key, assessment_key, share, reliability,
        row_number() over (
            partition by student_key
            order by
                case when is_baseline then 0 else 1 end,
                taken_on desc nulls last,
                assessment_key desc nulls last
        ) as place
    from candidate
    where share is not null
)

select student_key, assessment_key as start_key, share, 1 - reliability as error_variance
from preferred
where place = 1
