-- The classes of a subject, and those of the test as if they were of it.
-- parameters: none
-- columns: section_key, school_key, subject_key, grade, school_year, period_key, in_scope
-- scope: system
select section_key, school_key, subject_key, grade, school_year, period_key, in_scope
from scanned_section
union all
select
    section.section_key,
    section.school_key,
    min(scanned_section.subject_key) as subject_key,
    cast(section.grade as integer) as grade,
    cast(section.school_year as integer) as school_year,
    min(scanned_section.period_key) as period_key,
    true as in_scope
from section
inner join (select distinct section_key from effect_home) as home on section.section_key = home.section_key
inner join scanned_section on section.school_year = scanned_section.school_year
group by section.section_key, section.school_key, section.grade, section.school_year
