-- Who loaded what, of how many students, as the step before found it.
-- parameters: none
-- columns: assessment_id, section_id, uploaded_by, students
-- scope: system
select assessment_id, section_id, uploaded_by, students from seek_hand
