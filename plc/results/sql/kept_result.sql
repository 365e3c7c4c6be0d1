-- Rows of an assessment of which the student has a result in a class that is not the uploader's own: that result
-- stays as it is. Asked before scores are compared, by student and assessment alone: another try, another standard or
-- a version signed to be the same test would change what the student reached too. An empty cell is no result, so it
-- may be filled.
-- parameters: $no_score
-- columns: line
-- scope: system
with signed as (
    select subject, version_name, main_name from comparability where withdrawn_at is null
),

brought as (
    select n.line, n.student_key, n.assessment_key, a.subject, a.grade, a.school_year, a.kind,
        coalesce(c.main_name, a.name) as name
    from numbered_row n
    join keyed_assessment a on a.assessment_key = n.assessment_key
    left join signed c on c.subject = a.subject and c.version_name = a.name
),

standing as (
    select distinct r.student_key, r.assessment_key, a.subject, a.grade, a.school_year, a.kind,
        coalesce(c.main_name, a.name) as name
    from result r
    join assessment a on a.assessment_key = r.assessment_key
    left join signed c on c.subject = a.subject and c.version_name = a.name
    left join own_section o on o.section_key = r.section_key
    where
        exists (select 1 from uploader)
        and r.status <> $no_score
        and o.section_key is null
        and r.student_key in (select student_key from brought)
)

select distinct b.line
from brought b
join
    standing s
    on s.student_key = b.student_key
    and s.subject = b.subject
    and s.school_year = b.school_year
    and s.grade is not distinct from b.grade
    and (s.assessment_key = b.assessment_key or (s.name = b.name and s.kind = b.kind))
