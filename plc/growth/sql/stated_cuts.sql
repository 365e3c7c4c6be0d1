-- The stated cuts in force.
-- parameters: none
-- columns: subject, grade, assessment_name, cut_score
-- scope: system
select subject, grade, assessment_name, cut_score
from level_cut
where withdrawn_at is null
order by subject, grade, assessment_name
