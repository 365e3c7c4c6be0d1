-- Step 9: the cells units are in: the school of the year (the one with the larger share) and every named group of
-- students. Students whose group nobody recorded are a group of their own, so that groups add up to the whole.
-- parameters: none
-- columns: frame, dimension, unit, cell
-- scope: system
create or replace temp table proposed_place as
with one as (
    select distinct subject, student_key, school_year, unit from proposed_unit
),

named as (select distinct group_name from student_group)

select one.subject as frame, 'school' as dimension, one.unit, school.school_id as cell
from one
join main_school
    on main_school.student_key = one.student_key
    and main_school.subject = one.subject
    and main_school.school_year = one.school_year
join school on school.school_key = main_school.school_key
union all
select
    one.subject as frame,
    'group ' || named.group_name as dimension,
    one.unit,
    coalesce(student_group.group_value, 'not recorded') as cell
from one
cross join named
left join student_group
    on student_group.student_key = one.student_key and student_group.group_name = named.group_name
