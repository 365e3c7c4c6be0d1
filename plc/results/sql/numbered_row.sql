-- The rows of a results file that can be kept, with the key of everything they name.
-- parameters: none
-- columns: line, student_key, section_key, teacher_key, assessment_key, standard_key, attempt, score, status, taken_on
-- scope: system
select
    p.line,
    w.student_key,
    s.section_key,
    t.teacher_key,
    a.assessment_key,
    coalesce(d.standard_key, 0) as standard_key,
    p.attempt,
    p.score,
    p.status,
    p.taken_on
from placed_row p
join keyed_student w on w.number = p.student
join
    keyed_assessment a
    on a.name = p.assessment
    and a.kind = p.kind
    and a.subject = p.subject
    and a.grade = p.grade
    and a.school_year = p.school_year
left join
    keyed_section s
    on s.section_id = p.section_id
    and s.school_id = p.school_id
    and s.subject = p.subject
    and s.grade = p.grade
    and s.school_year = p.school_year
left join keyed_teacher t on t.teacher_id = p.teacher_id
left join keyed_standard d on d.standard_id = p.standard
where p.problem is null
