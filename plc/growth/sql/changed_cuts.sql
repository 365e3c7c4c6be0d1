-- Of which students the scores behind each cut that was shown are others than they were then; whose students they are
-- (`counted`), and who else knows the scores: who loaded them.
-- parameters: none
-- columns: told_key, student_key, teacher_key, counted
-- scope: system
with later as (
    select
        shown_cut.told_key,
        shown_cut.subject,
        shown_cut.school_year,
        changed_score.student_key,
        changed_score.upload_key,
        changed_score.told_upload_key
    from changed_score
    join shown_cut on shown_cut.told_key = changed_score.told_key
    join assessment on assessment.assessment_key = changed_score.assessment_key
    left join section on section.section_key = changed_score.section_key
    where coalesce(assessment.grade, section.grade) = shown_cut.grade
)
select later.told_key, later.student_key, section_teacher.teacher_key, 1 as counted
from later
join enrollment on enrollment.student_key = later.student_key
join section
    on section.section_key = enrollment.section_key
    and section.subject = later.subject
    and section.school_year = later.school_year
join section_teacher on section_teacher.section_key = section.section_key
union
select loaded.told_key, loaded.student_key, teacher.teacher_key, 0 as counted
from (
    select told_key, student_key, upload_key from later
    union
    select told_key, student_key, told_upload_key as upload_key from later
) as loaded
join upload on upload.upload_key = loaded.upload_key
join teacher on teacher.teacher_id = upload.uploaded_by
