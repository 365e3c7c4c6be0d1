-- A teacher's own cells of the latest scan.
-- parameters: $teacher_id
-- columns: subject, section_id, school_year, assessment_name, taken_on, students, mean_result, x1, x2, x3, at_top, mean_residual, square_residual
-- scope: self
select
    subject,
    section_id,
    school_year,
    assessment_name,
    taken_on,
    students,
    mean_result,
    x1,
    x2,
    x3,
    at_top,
    mean_residual,
    square_residual
from scan_own_cell
where teacher_id = $teacher_id and scan_key = (select max(scan.scan_key) from scan)
order by subject nulls last, school_year nulls last, section_id nulls last, taken_on nulls last, assessment_name nulls last
