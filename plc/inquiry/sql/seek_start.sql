-- Where each student of the course started: the year's baseline, else her latest result of an earlier year in
-- the subject; as a z-score among the course's students with the same starting test. `third` is 1 for the
-- lowest third of the district's course, ties together. `error_variance` is 1 - reliability.
-- parameters: $subject, $school_year, $reliability
-- columns: student_key, share, x, third, error_variance
-- scope: system
with pupil as (
    select distinct student_key from seek_score
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
),

standardised as (
    select
        student_key,
        share,
        1 - reliability as error_variance,
        (share - avg(share) over (partition by assessment_key))
        / nullif(stddev_samp(share) over (partition by assessment_key), 0) as x
    from preferred
    where place = 1
),

ordered as (
    select
        student_key,
        share,
        error_variance,
        x,
        rank() over (order by x) - 1 as before,
        count(*) over (order by x) as up_to,
        count(*) over () as students
    from standardised
    where x is not null
)

select
    student_key,
    share,
    x,
    case
        when 3 * (before + up_to) < 2 * students then 1
        when 3 * (before + up_to) < 4 * students then 2
        else 3
    end as third,
    error_variance
from ordered
