-- Assessments of a bundle.
-- parameters: none
-- columns: number, assessment_id, name, kind, subject, grade, school_year, taken_on, max_score, reliability, purpose
-- scope: system
select
    row_number() over (order by line) as number,
    assessment_id,
    coalesce(name, assessment_id) as name,
    kind,
    subject,
    grade,
    school_year,
    date as taken_on,
    max_score,
    reliability,
    purpose
from parsed_assessments
where not blank and line not in (select line from set_aside where table_name = 'assessments')
