-- Leave out names of schools that have one, from an upload that may not say who teaches.
-- parameters: none
-- columns: none
-- scope: system
update placed_row
set school_name = null
where exists (select 1 from uploader) and school_id in (select school_id from school where name is not null)
