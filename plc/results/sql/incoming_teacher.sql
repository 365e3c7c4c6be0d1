-- Teachers of a results file.
-- parameters: none
-- columns: number, teacher_id, name
-- scope: system
select row_number() over (order by teacher_id) as number, teacher_id, min(teacher_name) as name
from placed_row
where problem is null and teacher_id is not null
group by teacher_id
