-- Sections of the subjects asked for. Earlier years stay in, because a student may have been with
-- the same teacher then; `in_scope` says whose results are outcomes. A period is a subject's year.
-- parameters: $subject, $grades, $school_years
-- columns: section_key, school_key, subject_key, grade, school_year, period_key, in_scope
-- scope: system
with subject_code as (
    select subject, row_number() over (order by subject) as subject_key
    from (select distinct subject from section union select distinct subject from assessment) as every_subject
)

select
    section.section_key,
    section.school_key,
    cast(subject_code.subject_key as integer) as subject_key,
    cast(section.grade as integer) as grade,
    cast(section.school_year as integer) as school_year,
    cast(subject_code.subject_key * 10000 + section.school_year as integer) as period_key,
    (cast($grades as integer[]) is null or section.grade in (select unnest(cast($grades as integer[]))))
    and (
        cast($school_years as integer[]) is null
        or section.school_year in (select unnest(cast($school_years as integer[])))
    ) as in_scope
from section
inner join subject_code on section.subject = subject_code.subject
where cast($subject as varchar) is null or section.subject = cast($subject as varchar)
