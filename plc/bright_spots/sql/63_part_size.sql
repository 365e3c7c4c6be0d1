-- Of each changed part, whether so many teachers' and students' results changed that every reader may read it anew: also one
-- who has a class among them and one who loaded others of them herself. A teacher of fewer students than $least_each is
-- none: with a late class beside two corrected results the difference would be that class.
-- parameters: $least, $least_each, $least_students
-- columns: subject, grade, part_kind, part, is_large
-- scope: system
with of_hand as (
    select
        subject,
        grade,
        part_kind,
        part,
        known_by,
        count(*) as teachers,
        sum(students) as students,
        max(students) as most_students
    from changed_part
    where counts and students >= $least_each
    group by subject, grade, part_kind, part, known_by
)

select
    subject,
    grade,
    part_kind,
    part,
    sum(teachers) - coalesce(max(case when known_by is not null then teachers end), 0) >= $least + 2
    and sum(students) - coalesce(max(case when known_by is not null then students end), 0) - max(most_students)
    >= $least_students as is_large
from of_hand
group by subject, grade, part_kind, part
