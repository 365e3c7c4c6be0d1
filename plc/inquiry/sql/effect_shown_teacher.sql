-- Teachers whose figures this viewer may see class by class: her own, and those opened to her.
-- parameters: none
-- columns: teacher_id
-- scope: visible
select teacher_id
from visible_teacher
where opened
