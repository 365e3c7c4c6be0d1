-- The assessments of a course with what each is for, in the order they were taken. No person is in it.
-- parameters: $subject, $grade, $school_year
-- columns: name, kind, taken_on, purpose
-- scope: system
select
    assessment.name,
    max(assessment.kind) as kind,
    min(assessment.taken_on) as taken_on,
    coalesce(max(measure_purpose.purpose), max(assessment.purpose)) as purpose
from assessment
left join measure_purpose
    on assessment.subject = measure_purpose.subject and assessment.name = measure_purpose.name
where
    assessment.subject = $subject
    and ($grade is null or assessment.grade is null or assessment.grade = $grade)
    and assessment.school_year = $school_year
    and assessment.kind <> 'baseline'
group by assessment.name
order by taken_on nulls last, assessment.name nulls last
