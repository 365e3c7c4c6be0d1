-- Rows of section_teachers with what they name, or the problem that keeps them out.
-- parameters: none
-- columns: line, section_key, teacher_key, share, role, problem_column, problem
-- scope: system
select
    p.line,
    s.section_key,
    t.teacher_key,
    p.share,
    p.role,
    case when coalesce(s.sections, 0) <> 1 then 'section_id' when t.teacher_key is null then 'teacher_id' end
        as problem_column,
    case
        when s.sections is null then 'unknown_section'
        when s.sections > 1 then 'ambiguous_section'
        when t.teacher_key is null then 'unknown_teacher'
    end as problem
from parsed_section_teachers p
left join known_section s on s.section_id = p.section_id
left join
    (
        select teacher_id, teacher_key from keyed_teacher
        union
        select teacher_id, teacher_key from teacher
    ) t
    on t.teacher_id = p.teacher_id
where not p.blank and p.line not in (select line from set_aside where table_name = 'section_teachers')
