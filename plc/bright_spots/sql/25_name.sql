-- Ids as schools write them, for the keys the kernel worked with.
-- parameters: none
-- columns: kind, row_key, written
-- scope: system
select 'teacher' as kind, teacher_key as row_key, teacher_id as written from teacher
union all
select 'section' as kind, section_key as row_key, section_id as written from section
