-- Assessments of the subjects asked for. A baseline is a starting point only when taken in the first
-- six weeks of its school year, which begins when $opening_share as many results have been taken as on the
-- year's busiest day or, where that is earlier, on the day most enrolments began. `error_variance` is 1 - reliability, in units of the scores' variance.
-- parameters: $subject, $reliability, $baseline_days, $opening_share
-- columns: assessment_key, subject_key, grade, school_year, period_key, taken_on, is_outcome, is_baseline, error_variance
-- scope: system
with subject_code as (
    select subject, row_number() over (order by subject) as subject_key
    from (select distinct subject from section union select distinct subject from assessment) as every_subject
),

-- A date typed a year off, or a few results of a summer class, must not move the beginning of everyone's year.
sitting as (
    select assessment.school_year, assessment.taken_on, sum(counted.results) as results
    from (
        select assessment_key, count(*) as results from result where score is not null group by assessment_key
    ) as counted
    inner join assessment on counted.assessment_key = assessment.assessment_key
    group by assessment.school_year, assessment.taken_on
),

in_year as (
    select
        school_year,
        taken_on,
        sum(results) over (partition by school_year order by taken_on) as so_far,
        max(results) over (partition by school_year) as busiest
    from sitting
    where taken_on >= make_date(school_year - 1, 7, 1)
),

first_result as (
    select
        assessment.school_year,
        coalesce(
            min(case when in_year.so_far >= $opening_share * in_year.busiest then in_year.taken_on end),
            min(assessment.taken_on)
        ) as begins_on
    from (select school_year, min(taken_on) as taken_on from assessment group by school_year) as assessment
    left join in_year on assessment.school_year = in_year.school_year
    group by assessment.school_year
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
