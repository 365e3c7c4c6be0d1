-- Each scale's assessment and date.
-- parameters: none
-- columns: scale_key, assessment_name, taken_on
-- scope: system
select scale.scale_key, assessment.name as assessment_name, scale.taken_on
from scale
inner join assessment on scale.assessment_key = assessment.assessment_key
order by scale.scale_key
