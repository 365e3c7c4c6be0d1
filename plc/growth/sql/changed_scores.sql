-- Whose scores on the assessments of `told_at` are others than at the upload they were told at, and the uploads behind
-- what they are and what they were. A row that was touched or put back as it was is no change.
-- parameters: none
-- columns: told_key, student_key, assessment_key, section_key, upload_key, told_upload_key
-- scope: system
create or replace temp table changed_score as
with touched as (
    select distinct told_at.told_key, told_at.upload_key, held.student_key, held.assessment_key
    from result_version as held
    join told_at on told_at.assessment_key = held.assessment_key
    where held.upload_key > told_at.upload_key or held.superseded_by > told_at.upload_key
),
stated as (
    select
        touched.told_key,
        held.student_key,
        held.assessment_key,
        held.standard_key,
        held.attempt,
        held.score,
        held.section_key,
        held.upload_key,
        case when held.superseded_by is null then 1 else 0 end as is_now,
        case
            when held.upload_key > touched.upload_key then 0
            when held.superseded_by <= touched.upload_key then 0
            else 1
        end as is_told
    from result_version as held
    join touched on touched.student_key = held.student_key and touched.assessment_key = held.assessment_key
    where held.status = 'scored' and held.score is not null
),
-- The first attempt counts, and where there is a whole score, that alone: as in step 1.
first_attempt as (
    select
        told_key,
        student_key,
        assessment_key,
        standard_key,
        arg_min(case when is_now = 1 then score end, case when is_now = 1 then attempt end) as score_now,
        arg_min(case when is_told = 1 then score end, case when is_told = 1 then attempt end) as score_told,
        max(section_key) as section_key,
        max(case when is_now = 1 then upload_key end) as upload_key,
        max(case when is_told = 1 then upload_key end) as told_upload_key
    from stated
    group by told_key, student_key, assessment_key, standard_key
),
whole as (
    select assessment_key, min(standard_key) as first_standard_key
    from result
    where
        status = 'scored'
        and score is not null
        and assessment_key in (select told_at.assessment_key from told_at)
    group by assessment_key
)
select
    first_attempt.told_key,
    first_attempt.student_key,
    first_attempt.assessment_key,
    max(first_attempt.section_key) as section_key,
    max(first_attempt.upload_key) as upload_key,
    max(first_attempt.told_upload_key) as told_upload_key
from first_attempt
join whole on whole.assessment_key = first_attempt.assessment_key
where
    (whole.first_standard_key > 0 or first_attempt.standard_key = 0)
    and first_attempt.score_now is distinct from first_attempt.score_told
group by first_attempt.told_key, first_attempt.student_key, first_attempt.assessment_key
