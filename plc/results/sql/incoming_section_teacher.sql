-- Teachers of the sections of a results file, in equal shares with those already known. A section whose
-- teachers came with a roster keeps the roster's shares.
-- parameters: none
-- columns: section_key, teacher_key, share, teacher_role
-- scope: system
with named as (
    select distinct section_key, teacher_key
    from numbered_row
    where section_key is not null and teacher_key is not null
),
held as (
    select v.section_key, v.teacher_key, v.teacher_role, starts_with(u.format, 'bundle') as is_roster
    from section_teacher_version v
    join upload u on u.upload_key = v.upload_key
    where v.superseded_by is null and v.section_key in (select section_key from named)
),
together as (
    select section_key, teacher_key, max(teacher_role) as teacher_role
    from (
        select section_key, teacher_key, null::varchar as teacher_role from named
        union all
        select section_key, teacher_key, teacher_role from held
    )
    where section_key not in (select section_key from held where is_roster)
    group by section_key, teacher_key
)
select section_key, teacher_key, 1.0::double / count(*) over (partition by section_key) as share, teacher_role
from together
