-- Of each changed part, whether so many teachers' results changed that every reader may read it anew: also one
-- who has a class among them and one who loaded others of them herself.
-- parameters: $least
-- columns: subject, grade, part_kind, part, is_large
-- scope: system
with of_hand as (
    select subject, grade, part_kind, part, known_by, count(*) as teachers
    from changed_part
    where counts
    group by subject, grade, part_kind, part, known_by
)

select
    subject,
    grade,
    part_kind,
    part,
    sum(teachers) - coalesce(max(case when known_by is not null then teachers end), 0) >= $least + 2 as is_large
from of_hand
group by subject, grade, part_kind, part
