-- A teacher's own occasions of the latest scan.
-- parameters: $teacher_id
-- columns: teacher_id, subject, section_id, school_year, assessment_name, taken_on, students, effect, lower_bound, upper_bound
-- scope: self
select
    teacher_id,
    subject,
    section_id,
    school_year,
    assessment_name,
    taken_on,
    students,
    effect,
    lower_bound,
    upper_bound
from scan_occasion
where teacher_id = $teacher_id and scan_key = (select max(scan.scan_key) from scan)
order by subject nulls last, taken_on nulls last, section_id nulls last
