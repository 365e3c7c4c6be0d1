-- Keep the states of classes at this scan.
-- parameters: none
-- columns: none
-- scope: system
insert into scan_class_state
select section_key, assessment_key, standard_key, state from class_state
