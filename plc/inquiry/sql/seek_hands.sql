-- Who ever loaded what, as the step before found it.
-- parameters: none
-- columns: assessment_id, section_id, uploaded_by
-- scope: system
select assessment_id, section_id, uploaded_by from seek_hand
