-- Rows of enrollments with what they name, or the problem that keeps them out.
-- parameters: none
-- columns: line, student_key, section_key, subject, school_year, share, begin_on, end_on, problem_column, problem
-- scope: system
select
    p.line,
    w.student_key,
    s.section_key,
    s.subject,
    s.school_year,
    p.share,
    p.begin_on,
    p.end_on,
    case
        when w.student_key is null then 'student_id'
        when coalesce(s.sections, 0) <> 1 then 'section_id'
        when p.end_on < p.begin_on then 'end_on'
    end as problem_column,
    case
        when w.student_key is null then 'unknown_student'
        when s.sections is null then 'unknown_section'
        when s.sections > 1 then 'ambiguous_section'
        when p.end_on < p.begin_on then 'dates_reversed'
    end as problem
from parsed_enrollments p
left join keyed_student w on w.number = p.student
left join known_section s on s.section_id = p.section_id
where not p.blank and p.line not in (select line from set_aside where table_name = 'enrollments')
