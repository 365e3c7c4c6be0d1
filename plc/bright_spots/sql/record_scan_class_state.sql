-- Keep the states of classes at this scan.
-- parameters: none
-- columns: none
-- scope: system
insert into scan_class_state (section_key, assessment_key, standard_key, state, eighths)
select section_key, assessment_key, standard_key, state, eighths from class_state
