-- Whose results changed in which part: the subject as a whole, an assessment, or a standard; known by one teacher where
-- she alone loaded all of it, and of how many students in one class what counts is.
-- parameters: none
-- columns: teacher_id, subject, grade, part_kind, part, known_by, students, counts
-- scope: system
select
    teacher_id,
    subject,
    grade,
    part_kind,
    part,
    case when count(*) = count(known_by) and min(known_by) = max(known_by) then min(known_by) end as known_by,
    coalesce(max(case when counts then students end), 0) as students,
    bool_or(counts) as counts
from changed_class
group by teacher_id, subject, grade, part_kind, part
