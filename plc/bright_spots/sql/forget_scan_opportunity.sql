-- Drop what older scans left in `scan_opportunity`, but what somebody was told last.
-- parameters: $oldest
-- columns: none
-- scope: system
delete from scan_opportunity
where
    scan_key < $oldest
    and not exists (
        select 1
        from scan_told
        where
            scan_told.scan_key = scan_opportunity.scan_key
            and scan_told.teacher_id = scan_opportunity.teacher_id
            and scan_told.subject = scan_opportunity.subject
    )
