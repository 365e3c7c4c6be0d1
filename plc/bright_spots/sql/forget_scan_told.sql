-- Drop what teachers were told before, of those who are told anew.
-- parameters: none
-- columns: none
-- scope: system
delete from scan_told
where
    exists (
        select 1
        from newly_told
        where newly_told.teacher_id = scan_told.teacher_id and newly_told.subject = scan_told.subject
    )
