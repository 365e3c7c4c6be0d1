-- Every section that an id in a bundle can mean: the bundle's own, else those loaded before.
-- parameters: none
-- columns: section_id, sections, section_key, subject, grade, school_year
-- scope: system
with own as (
    select section_id, section_key, subject, grade, school_year from keyed_section
),
every as (
    select section_id, section_key, subject, grade, school_year from own
    union all
    select section_id, section_key, subject, grade, school_year
    from section
    where section_id not in (select section_id from own)
)
select
    section_id,
    count(*) as sections,
    min(section_key) as section_key,
    min(subject) as subject,
    min(grade) as grade,
    min(school_year) as school_year
from every
group by section_id
