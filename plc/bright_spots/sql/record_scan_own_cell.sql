-- Keep each teacher's own cells with what their residuals are made of.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_own_cell (
    scan_key, teacher_id, subject, section_id, school_year, assessment_name, taken_on, students, mean_result,
    x1, x2, x3, at_top, mean_residual, square_residual
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
    mean_result,
    x1,
    x2,
    x3,
    at_top,
    mean_residual,
    square_residual
from supplied
