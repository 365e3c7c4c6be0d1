-- The results of the team's classes.
-- parameters: none
-- columns: student_key, section_key, assessment_key, standard_key, score, percent
-- scope: system
select student_key, section_key, assessment_key, standard_key, score, percent
from seek_counted
where section_key in (select seek_team_section.section_key from seek_team_section)
