-- Of which students who began behind the scores that say so, or that say where they came to, are others than they were
-- when usual was told; with whose figure each is in (`counted`), and who else knows the scores: who taught them, or
-- loaded them. A score counts where it is one of the two that the year's end is read from.
-- parameters: $subject
-- columns: student_key, teacher_key, counted
-- scope: system
with later as (
    select distinct start.student_key, start.start_year, changed_score.upload_key, changed_score.told_upload_key
    from changed_score
    inner join assessment on changed_score.assessment_key = assessment.assessment_key
    inner join year_end_score
        on
            changed_score.student_key = year_end_score.student_key
            and assessment.school_year = year_end_score.school_year
            and assessment.name = year_end_score.assessment_name
    inner join start
        on
            changed_score.student_key = start.student_key
            and start.start_year in (assessment.school_year, assessment.school_year - 1)
    where
        year_end_score.subject = $subject
        and start.subject = $subject
        and start.behind = 1
        and start.horizon = 1
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
select distinct loaded.student_key, teacher.teacher_key, 0 as counted
from (
    select student_key, upload_key from later
    union
    select student_key, told_upload_key as upload_key from later
) as loaded
inner join upload on loaded.upload_key = upload.upload_key
inner join teacher on upload.uploaded_by = teacher.teacher_id
