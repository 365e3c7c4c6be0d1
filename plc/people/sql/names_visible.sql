-- Whom one reader may see by name, and whether with figures: the table that `keep_visible_teachers` left.
-- parameters: none
-- columns: teacher_id, numbers_shown
-- scope: visible
select teacher_id, numbers_shown
from visible_teacher
order by teacher_id nulls last
