-- Of which students who began behind the scores that say so, or that say where they came to, are others than they were
-- at an upload; with whose figure each is in (`counted`), and who else knows the scores: who taught them, or loaded them.
-- A score counts where it is one of the two that the year's end is read from.
-- parameters: $subject, $upload_key
-- columns: student_key, teacher_key, counted
-- scope: system
with stated as (
    select
        result_version.student_key,
        result_version.assessment_key,
        result_version.standard_key,
        result_version.attempt,
        result_version.score,
        result_version.upload_key,
        assessment.school_year,
        assessment.name,
        case when result_version.superseded_by is null then 1 else 0 end as is_now,
        case
            when result_version.upload_key > $upload_key then 0
            when result_version.superseded_by <= $upload_key then 0
            else 1
        end as is_told
    from result_version
    inner join assessment on result_version.assessment_key = assessment.assessment_key
    where
        assessment.subject = $subject
        and assessment.kind <> 'baseline'
        and result_version.status = 'scored'
        and result_version.score is not null
),

-- The first attempt counts, and where there is a whole score, that alone.
first_attempt as (
    select
        student_key,
        assessment_key,
        standard_key,
        school_year,
        name,
        arg_min(case when is_now = 1 then score end, case when is_now = 1 then attempt end) as score_now,
        arg_min(case when is_told = 1 then score end, case when is_told = 1 then attempt end) as score_told,
        max(case when is_now = 1 then upload_key end) as upload_key
    from stated
    group by student_key, assessment_key, standard_key, school_year, name
),

whole as (
    select assessment_key, min(standard_key) as first_standard_key
    from first_attempt
    where score_now is not null
    group by assessment_key
),

changed as (
    select
        first_attempt.student_key,
        first_attempt.school_year,
        first_attempt.name,
        max(first_attempt.upload_key) as upload_key
    from first_attempt
    inner join whole on first_attempt.assessment_key = whole.assessment_key
    where
        (whole.first_standard_key > 0 or first_attempt.standard_key = 0)
        and first_attempt.score_now is distinct from first_attempt.score_told
    group by first_attempt.student_key, first_attempt.school_year, first_attempt.name
),

year_end as (
    select
        assessment_score.student_key,
        assessment_score.school_year,
        assessment_score.assessment_name,
        row_number() over (
            partition by assessment_score.student_key, assessment_score.school_year
            order by assessment_score.taken_on desc, assessment_score.assessment_name desc
        ) as newest
    from assessment_score
    inner join scale
        on
            assessment_score.subject = scale.subject
            and assessment_score.grade = scale.grade
            and assessment_score.assessment_name = scale.assessment_name
    where assessment_score.subject = $subject
),

later as (
    select distinct start.student_key, start.start_year, changed.upload_key
    from changed
    inner join year_end
        on
            changed.student_key = year_end.student_key
            and changed.school_year = year_end.school_year
            and changed.name = year_end.assessment_name
    inner join start
        on
            changed.student_key = start.student_key
            and start.start_year in (changed.school_year, changed.school_year - 1)
    where year_end.newest <= 2 and start.subject = $subject and start.behind = 1 and start.horizon = 1
)

select later.student_key, taught.teacher_key, max(case when taught.school_year > later.start_year then 1 else 0 end) as counted
from later
inner join taught
    on
        later.student_key = taught.student_key
        and taught.school_year in (later.start_year, later.start_year + 1)
where taught.subject = $subject
group by later.student_key, taught.teacher_key
union all
select distinct later.student_key, teacher.teacher_key, 0 as counted
from later
inner join upload on later.upload_key = upload.upload_key
inner join teacher on upload.uploaded_by = teacher.teacher_id
