-- Every assessment that an id in a bundle can mean: the bundle's own, else those loaded before.
-- parameters: none
-- columns: assessment_id, assessment_key, subject, grade, school_year, taken_on, max_score, kind, assessments
-- scope: system
with every as (
    select assessment_id, assessment_key, subject, grade, school_year, taken_on, max_score, kind from keyed_assessment
    union all
    select assessment_id, assessment_key, subject, grade, school_year, taken_on, max_score, kind
    from assessment
    where assessment_id not in (select assessment_id from keyed_assessment)
)
select
    assessment_id,
    assessment_key,
    subject,
    grade,
    school_year,
    taken_on,
    max_score,
    kind,
    count(*) over (partition by assessment_id) as assessments
from every
