-- Teachers whose figures this viewer may see class by class.
-- parameters: none
-- columns: teacher_id
-- scope: visible
select teacher_id
from visible_teacher
where numbers_shown
