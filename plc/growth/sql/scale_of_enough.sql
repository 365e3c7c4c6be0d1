-- One row when enough people stand behind a scale that step 2 left.
-- parameters: $subject, $grade, $assessment_name
-- columns: assessment_name
-- scope: system
select assessment_name
from scale
where subject = $subject and grade = $grade and assessment_name = $assessment_name and is_enough
