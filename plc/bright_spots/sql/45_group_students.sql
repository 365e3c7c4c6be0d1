-- Different students of each teacher in each group, and students counted once per section.
-- parameters: none
-- columns: teacher_key, subject_key, group_key, students, seats
-- scope: system
select
    section_teacher.teacher_key,
    scanned_section.subject_key,
    group_member.group_key,
    count(distinct group_member.student_key) as students,
    count(*) as seats
from group_member
inner join expected
    on
        group_member.student_key = expected.student_key
        and group_member.section_key = expected.section_key
inner join scanned_section on group_member.section_key = scanned_section.section_key
inner join section_teacher on group_member.section_key = section_teacher.section_key
where section_teacher.share > 0
group by section_teacher.teacher_key, scanned_section.subject_key, group_member.group_key
order by group_member.group_key, scanned_section.subject_key, section_teacher.teacher_key
