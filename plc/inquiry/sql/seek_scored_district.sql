-- The results of every class of the district.
-- parameters: none
-- columns: student_key, section_key, assessment_key, standard_key, score, percent
-- scope: system
select student_key, section_key, assessment_key, standard_key, score, percent
from seek_counted
