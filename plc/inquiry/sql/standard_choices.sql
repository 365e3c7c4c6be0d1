-- The standards that a course's assessments report. No person is in it.
-- parameters: $subject, $grade, $school_year
-- columns: standard_id
-- scope: system
select distinct standard.standard_id
from result
inner join assessment on result.assessment_key = assessment.assessment_key
inner join standard on result.standard_key = standard.standard_key
where
    result.standard_key <> 0
    and assessment.subject = $subject
    and ($grade is null or assessment.grade is null or assessment.grade = $grade)
    and assessment.school_year = $school_year
order by standard.standard_id nulls last
