-- Assessments of the subjects asked for. A baseline is a starting point only when taken in the first
-- six weeks of its school year, which begins with the year's first result or, where that is earlier,
-- on the day most enrolments began. `error_variance` is 1 - reliability, in units of the scores' variance.
-- parameters: $subject, $reliability, $baseline_days
-- columns: assessment_key, subject_key, grade, school_year, period_key, taken_on, is_outcome, is_baseline, error_variance
-- scope: system
with subject_code as (
    select subject, row_number() over (order by subject) as subject_key
    from (select distinct subject from section union select distinct subject from assessment) as every_subject
),

first_result as (
    -- A date typed a year off must not move the beginning of everyone's year.
    select
        school_year,
        coalesce(
            min(case when taken_on >= make_date(school_year - 1, 7, 1) then taken_on end), min(taken_on)
        ) as begins_on
    from assessment
    group by school_year
),

first_lesson as (
    select
        section.school_year,
        date '2000-01-01' + cast(median(date_diff('day', date '2000-01-01', enrollment.begin_on)) as integer) as begins_on
    from enrollment
    inner join section on enrollment.section_key = section.section_key
    where enrollment.begin_on is not null
    group by section.school_year
)

select
    assessment.assessment_key,
    cast(subject_code.subject_key as integer) as subject_key,
    cast(assessment.grade as integer) as grade,
    cast(assessment.school_year as integer) as school_year,
    cast(subject_code.subject_key * 10000 + assessment.school_year as integer) as period_key,
    assessment.taken_on,
    assessment.kind <> 'baseline' as is_outcome,
    assessment.kind = 'baseline'
    and date_diff(
        'day',
        least(first_result.begins_on, coalesce(first_lesson.begins_on, first_result.begins_on)),
        assessment.taken_on
    ) <= $baseline_days as is_baseline,
    1.0 - coalesce(assessment.reliability, cast($reliability as double)) as error_variance
from assessment
inner join subject_code on assessment.subject = subject_code.subject
inner join first_result on assessment.school_year = first_result.school_year
left join first_lesson on assessment.school_year = first_lesson.school_year
where cast($subject as varchar) is null or assessment.subject = cast($subject as varchar)
