-- The groups a student is or was in.
-- parameters: $student_key
-- columns: group_name, group_value, uploaded_at, replaced
-- scope: system
select
    student_group_version.group_name,
    student_group_version.group_value,
    upload.confirmed_at as uploaded_at,
    student_group_version.superseded_by is not null as replaced
from student_group_version
left join upload on student_group_version.upload_key = upload.upload_key
where student_group_version.student_key = $student_key
order by student_group_version.group_name nulls last, uploaded_at nulls last
