-- Drop the states of classes at the scan before.
-- parameters: none
-- columns: none
-- scope: system
delete from scan_class_state
