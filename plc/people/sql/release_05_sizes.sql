-- How many students stand behind each path, of how many teachers as last known, of how many of them one teacher at
-- most knows the results, having taught them at any time, and how many `taking` teachers know at most.
-- parameters: $taking
-- columns: whole, path, students, teachers, most_known, most_together
-- scope: system
with knowing as (
    select
        value_path.whole,
        value_path.path,
        teaching.teacher_key,
        count(distinct value_path.student_key) as students,
        max(case when teaching.since < value_path.died and teaching.until >= value_path.died then 1 else 0 end) as taught
    from value_path
    inner join teaching on teaching.whole = value_path.whole and teaching.unit = value_path.unit
    group by value_path.whole, value_path.path, teaching.teacher_key
),

by_size as (
    select
        whole,
        path,
        students,
        taught,
        row_number() over (partition by whole, path order by students desc, teacher_key) as nth
    from knowing
),

teachers as (
    select
        whole,
        path,
        sum(taught) as teachers,
        max(students) as most_known,
        sum(case when nth <= $taking then students else 0 end) as most_together
    from by_size
    group by whole, path
),

people as (
    select whole, path, count(distinct student_key) as students
    from value_path
    group by whole, path
)

select
    people.whole,
    people.path,
    people.students,
    coalesce(teachers.teachers, 0) as teachers,
    coalesce(teachers.most_known, 0) as most_known,
    coalesce(teachers.most_together, 0) as most_together
from people
left join teachers on teachers.whole = people.whole and teachers.path = people.path
order by people.whole nulls last, people.path nulls last
