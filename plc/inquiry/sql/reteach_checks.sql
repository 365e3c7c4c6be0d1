-- The assessments by standard that the viewer's own classes took: what one can teach again.
-- parameters: $teacher_id
-- columns: section_id, subject, school_year, assessment_name, taken_on, standard_id, students, percent, below
-- scope: self
with own as (
    select distinct section_key, section_id, subject, school_year
    from current_teaching
    where teacher_id = $teacher_id
),

scored as (
    select
        own.section_id,
        own.subject,
        own.school_year,
        assessment.name as assessment_name,
        assessment.taken_on,
        standard.standard_id,
        result.student_key,
        min_by(100 * result.score / nullif(assessment.max_score, 0), result.attempt) as percent
    from result
    inner join own on result.section_key = own.section_key
    inner join assessment on result.assessment_key = assessment.assessment_key
    inner join standard on result.standard_key = standard.standard_key
    where result.standard_key <> 0 and result.score is not null
    group by all
)

select
    section_id,
    subject,
    school_year,
    assessment_name,
    taken_on,
    standard_id,
    count(*) as students,
    avg(percent) as percent,
    count(*) filter (where percent < 50) as below
from scored
where percent is not null
group by section_id, subject, school_year, assessment_name, taken_on, standard_id
order by taken_on desc nulls last, section_id, standard_id
