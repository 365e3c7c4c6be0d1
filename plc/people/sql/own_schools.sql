-- The schools where a teacher teaches now, by name.
-- parameters: $teacher_id, $unnamed_school
-- columns: school_name
-- scope: self
select distinct coalesce(named_school.school_name, teaching.school_id) as school_name
from current_teaching as teaching
left join named_school on teaching.school_id = named_school.school_id
where teaching.teacher_id = $teacher_id and teaching.school_id <> $unnamed_school
order by school_name nulls last
