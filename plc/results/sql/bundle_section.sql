-- Sections of a bundle.
-- parameters: none
-- columns: number, section_id, school_key, school_id, grade, subject, school_year, course
-- scope: system
select
    row_number() over (order by p.line) as number,
    p.section_id,
    y.school_key,
    p.school_id,
    p.grade,
    p.subject,
    p.school_year,
    p.course
from parsed_sections p
join keyed_school y on y.school_id = p.school_id
where not p.blank and p.line not in (select line from set_aside where table_name = 'sections')
