-- Step 11: the wholes; those of one subject share their cells.
-- parameters: none
-- columns: whole, frame
-- scope: system
create or replace temp table proposed_whole as
select distinct whole, subject as frame from proposed_unit
