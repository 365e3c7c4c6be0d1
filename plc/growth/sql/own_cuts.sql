-- The district's own cuts that step 2 left, each with the latest upload behind it.
-- parameters: none
-- columns: subject, grade, assessment_name, school_year, cut_score, upload_key
-- scope: system
select subject, grade, assessment_name, first_school_year as school_year, cut_score, upload_key
from scale
where not stated
order by subject nulls last, grade nulls last, assessment_name nulls last
