-- Results of a bundle to merge.
-- parameters: none
-- columns: line, student_key, section_key, assessment_key, standard_key, attempt, score, status, taken_on
-- scope: system
select line, student_key, section_key, assessment_key, standard_key, attempt, score, status, taken_on
from linked_results
where problem is null
