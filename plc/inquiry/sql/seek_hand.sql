-- Who ever loaded results of each class in these assessments, or starting points of its students, and who had when a
-- yardstick was taken: nothing in them is news to her.
-- parameters: $subject, $grade, $school_year, $assessment_ids
-- columns: assessment_id, section_id, uploaded_by
-- scope: system
with written as (
    select student_key, section_key, assessment_key, upload_key from result_version
    union all
    select student_key, section_key, assessment_key, superseded_by as upload_key
    from result_version
    where superseded_by is not null
),

pupil as (
    select distinct section.section_id, seek_start.student_key, seek_start.start_key
    from seek_counted
    inner join seek_start on seek_counted.student_key = seek_start.student_key
    inner join section on seek_counted.section_key = section.section_key
),

of_start as (
    select distinct pupil.section_id, upload.uploaded_by
    from pupil
    inner join written on pupil.student_key = written.student_key and pupil.start_key = written.assessment_key
    inner join upload on written.upload_key = upload.upload_key
)

select assessment.assessment_id, section.section_id, upload.uploaded_by
from written
inner join upload on written.upload_key = upload.upload_key
inner join section on written.section_key = section.section_key
left join pooled_assessment on written.assessment_key = pooled_assessment.assessment_key
inner join assessment on coalesce(pooled_assessment.pooled_key, written.assessment_key) = assessment.assessment_key
where
    section.subject = $subject
    and section.school_year = $school_year
    and ($grade is null or section.grade = $grade)
    and assessment.assessment_id in (select unnest($assessment_ids))
union
select asked.assessment_id, of_start.section_id, of_start.uploaded_by
from of_start
inner join
    (select distinct assessment_id from seek_class where assessment_id in (select unnest($assessment_ids))) as asked
    on true
union
select seek_yardstick.assessment_id, seek_yardstick_hand.section_id, seek_yardstick_hand.uploaded_by
from seek_yardstick
inner join seek_yardstick_hand on seek_yardstick.yardstick_id = seek_yardstick_hand.yardstick_id
where
    seek_yardstick.subject = $subject
    and seek_yardstick.school_year = $school_year
    and seek_yardstick.assessment_id in (select unnest($assessment_ids))
