-- Rows that could mean several sections of the roster, where the enrolments leave only one on the row's date.
-- parameters: none
-- columns: line, section_key
-- scope: system
select p.line, min(c.section_key) as section_key
from parsed_results_file p
join
    placement_candidate c
    on c.student = p.student
    and c.subject = p.subject
    and c.school_year = p.school_year
    and c.row_section_id is not distinct from p.section_id
    and c.row_school_id is not distinct from p.school_id
    and c.row_teacher_id is not distinct from p.teacher_id
    and c.row_grade is not distinct from p.grade
join
    (select * from placement where sections > 1) x
    on x.student = c.student
    and x.subject = c.subject
    and x.school_year = c.school_year
    and x.row_section_id is not distinct from c.row_section_id
    and x.row_school_id is not distinct from c.row_school_id
    and x.row_teacher_id is not distinct from c.row_teacher_id
    and x.row_grade is not distinct from c.row_grade
join student_word w on w.number = p.student
join enrollment e on e.student_key = w.student_key and e.section_key = c.section_key
where
    not p.bad
    and not p.blank
    and (e.begin_on is not null or e.end_on is not null)
    and p.date >= coalesce(e.begin_on, p.date)
    and p.date <= coalesce(e.end_on, p.date)
group by p.line
having count(distinct c.section_key) = 1
