-- Drop who taught each class at the scan before.
-- parameters: none
-- columns: none
-- scope: system
delete from scan_class_teacher
