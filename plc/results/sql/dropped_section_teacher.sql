-- Teachers who taught a section of this bundle according to earlier uploads and are no longer named for it.
-- parameters: none
-- columns: section_key, teacher_key
-- scope: system
select t.section_key, t.teacher_key
from section_teacher t
where
    t.section_key in (select section_key from incoming_section_teacher)
    and not exists (
        select 1
        from incoming_section_teacher i
        where i.section_key = t.section_key and i.teacher_key = t.teacher_key
    )
