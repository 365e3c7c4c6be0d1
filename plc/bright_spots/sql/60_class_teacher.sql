-- Who teaches each class.
-- parameters: none
-- columns: section_key, teacher_id, subject, grade, share
-- scope: system
select section_key, teacher_id, subject, grade, share
from taught_class
