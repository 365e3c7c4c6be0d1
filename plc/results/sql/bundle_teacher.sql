-- Teachers of a bundle; those that only its sections name too, unless it lists its teachers.
-- parameters: $listed
-- columns: number, teacher_id, name
-- scope: system
with named as (
    select teacher_id, name from parsed_teachers where line not in (select line from set_aside where table_name = 'teachers')
    union all
    select teacher_id, null as name from parsed_section_teachers where not bad and not blank and not $listed
)
select row_number() over (order by teacher_id) as number, teacher_id, max(name) as name
from named
where teacher_id is not null
group by teacher_id
