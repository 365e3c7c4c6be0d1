-- One row when the results hold this scale.
-- parameters: $subject, $grade, $assessment_name
-- columns: assessment_key
-- scope: system
select assessment.assessment_key
from assessment
where
    assessment.subject = $subject
    and assessment.name = $assessment_name
    and (assessment.grade is null or assessment.grade = $grade)
limit 1
