-- Step 6: who taught a student a subject in a year, and in which section and school: weight is the
-- student's share of the section times the teacher's share of it.
-- parameters: none
-- columns: student_key, subject, school_year, school_key, section_key, teacher_key, weight
-- scope: system
create or replace temp table taught as
select
    enrollment.student_key,
    section.subject,
    section.school_year,
    section.school_key,
    section.section_key,
    section_teacher.teacher_key,
    enrollment.share * section_teacher.share as weight
from enrollment
join section on section.section_key = enrollment.section_key
join section_teacher on section_teacher.section_key = section.section_key
