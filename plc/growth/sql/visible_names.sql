-- Teachers whose name the viewer may see, in the order of their names, which says nothing of results.
-- parameters: none
-- columns: teacher_id, name
-- scope: visible
select teacher.teacher_id, coalesce(teacher.name, teacher.teacher_id) as name
from teacher
inner join visible_teacher on teacher.teacher_id = visible_teacher.teacher_id
order by name nulls last, teacher.teacher_id nulls last
