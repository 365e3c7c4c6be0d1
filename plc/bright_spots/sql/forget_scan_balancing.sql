-- Drop what older scans left in `scan_balancing`, but what somebody was told last.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_balancing
where
    scan_key < $oldest
    and not exists (
        select 1
        from scan_told
        where
            scan_told.scan_key = scan_balancing.scan_key
            and scan_told.teacher_id = scan_balancing.teacher_id
            and scan_told.subject = scan_balancing.subject
    )
