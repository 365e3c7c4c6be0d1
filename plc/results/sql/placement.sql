-- How many sections of the roster the rows of a results file can mean, and which it is if there is one.
-- parameters: none
-- columns: student, row_section_id, row_school_id, row_teacher_id, row_grade, subject, school_year, sections, section_key
-- scope: system
select
    student,
    row_section_id,
    row_school_id,
    row_teacher_id,
    row_grade,
    subject,
    school_year,
    count(*) as sections,
    min(section_key) as section_key
from placement_candidate
group by student, row_section_id, row_school_id, row_teacher_id, row_grade, subject, school_year
