-- Keep each teacher's own occasions.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_occasion (
    scan_key, teacher_id, subject, section_id, school_year, assessment_name, taken_on, students, effect, lower_bound,
    upper_bound
)
select
    $scan_key as scan_key,
    teacher_id,
    subject,
    section_id,
    school_year,
    assessment_name,
    cast(taken_on as date) as taken_on,
    students,
    effect,
    lower,
    upper
from supplied
