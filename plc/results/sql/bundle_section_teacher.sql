-- Teachers of a bundle's sections: shares as given, in equal parts where none is, scaled to sum to 1.
-- parameters: none
-- columns: line, section_key, teacher_key, share, teacher_role, is_scaled
-- scope: system
with weighed as (
    select
        *,
        coalesce(
            case when sum(share) over (partition by section_key) > 0 then share end,
            1.0::double / count(*) over (partition by section_key)
        ) as weight
    from linked_section_teachers
    where problem is null
)
select
    line,
    section_key,
    teacher_key,
    weight / sum(weight) over (partition by section_key) as share,
    role as teacher_role,
    abs(sum(weight) over (partition by section_key) - 1) > 0.005 as is_scaled
from weighed
