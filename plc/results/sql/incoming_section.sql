-- Sections of a results file.
-- parameters: none
-- columns: number, section_id, school_key, school_id, grade, subject, school_year, course
-- scope: system
select
    row_number() over (order by p.school_year, p.subject, p.grade, p.school_id, p.section_id) as number,
    p.section_id,
    y.school_key,
    p.school_id,
    p.grade,
    p.subject,
    p.school_year,
    null::varchar as course
from (
    select distinct section_id, school_id, grade, subject, school_year
    from placed_row
    where problem is null and section_id is not null
) p
join keyed_school y on y.school_id = p.school_id
