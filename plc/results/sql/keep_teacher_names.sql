-- Leave out names of teachers who have one, from an upload that may not say who teaches.
-- parameters: none
-- columns: none
-- scope: system
update placed_row
set teacher_name = null
where
    exists (select 1 from uploader)
    and teacher_id in (select teacher_id from teacher where name is not null)
