-- Every result of a student, corrected ones included.
-- parameters: $student_key
-- columns: school_year, assessment, kind, subject, standard, taken_on, attempt, score, max_score, status, section_id, uploaded_at, replaced
-- scope: system
select
    assessment.school_year,
    assessment.name as assessment,
    assessment.kind,
    assessment.subject,
    standard.standard_id as standard,
    result_version.taken_on,
    result_version.attempt,
    result_version.score,
    assessment.max_score,
    result_version.status,
    section.section_id,
    upload.confirmed_at as uploaded_at,
    result_version.superseded_by is not null as replaced
from result_version
left join assessment on result_version.assessment_key = assessment.assessment_key
left join standard on result_version.standard_key = standard.standard_key
left join section on result_version.section_key = section.section_key
left join upload on result_version.upload_key = upload.upload_key
where result_version.student_key = $student_key
order by result_version.taken_on nulls last, assessment nulls last, result_version.attempt nulls last, uploaded_at nulls last
