-- Different students of each teacher, and students counted once per section: twice the same class is
-- not twice the evidence.
-- parameters: none
-- columns: teacher_key, subject_key, students, seats
-- scope: system
select
    section_teacher.teacher_key,
    scanned_section.subject_key,
    count(distinct expected.student_key) as students,
    count(*) as seats
from expected
inner join scanned_section on expected.section_key = scanned_section.section_key
inner join section_teacher on expected.section_key = section_teacher.section_key
where section_teacher.share > 0
group by section_teacher.teacher_key, scanned_section.subject_key
order by section_teacher.teacher_key, scanned_section.subject_key
