-- The classes a student is or was in, and who taught them.
-- parameters: $student_key
-- columns: school_year, school, section_id, subject, grade, teachers, share, begin_on, end_on, uploaded_at, replaced
-- scope: system
-- duckdb only: string_agg
select
    section.school_year,
    coalesce(school.name, school.school_id) as school,
    section.section_id,
    section.subject,
    section.grade,
    (
        select string_agg(taught.teacher_name, ', ')
        from taught_class as taught
        where taught.section_key = section.section_key
    ) as teachers,
    enrollment_version.share,
    enrollment_version.begin_on,
    enrollment_version.end_on,
    upload.confirmed_at as uploaded_at,
    enrollment_version.superseded_by is not null as replaced
from enrollment_version
left join section on enrollment_version.section_key = section.section_key
left join school on section.school_key = school.school_key
left join upload on enrollment_version.upload_key = upload.upload_key
where enrollment_version.student_key = $student_key
order by section.school_year nulls last, section.section_id nulls last, uploaded_at nulls last
