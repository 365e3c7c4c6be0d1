-- Sections in which a student of this bundle was enrolled according to earlier uploads, in a subject and year
-- for which the bundle names other sections only.
-- parameters: none
-- columns: student_key, section_key
-- scope: system
with covered as (
    select distinct i.student_key, s.subject, s.school_year
    from incoming_enrollment i
    join (
        select section_key, subject, school_year from keyed_section
        union
        select section_key, subject, school_year from section
    ) s on s.section_key = i.section_key
)
select e.student_key, e.section_key
from enrollment e
join section s on s.section_key = e.section_key
join covered c on c.student_key = e.student_key and c.subject = s.subject and c.school_year = s.school_year
where
    not exists (
        select 1
        from incoming_enrollment i
        where i.student_key = e.student_key and i.section_key = e.section_key
    )
