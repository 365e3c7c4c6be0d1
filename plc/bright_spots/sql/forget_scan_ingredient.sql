-- Drop what older scans left in `scan_ingredient`, but what somebody was told last.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_ingredient
where
    scan_key < $oldest
    and not exists (
        select 1
        from scan_told
        where
            scan_told.scan_key = scan_ingredient.scan_key
            and scan_told.teacher_id = scan_ingredient.teacher_id
            and scan_told.subject = scan_ingredient.subject
    )
