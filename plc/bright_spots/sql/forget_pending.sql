-- Forget the changes that figures were made anew for, and those beside teachers who have none.
-- parameters: none
-- columns: none
-- scope: system
delete from scan_pending
where
    not exists (
        select 1
        from waiting_part
        where
            waiting_part.teacher_id = scan_pending.teacher_id
            and waiting_part.subject = scan_pending.subject
            and (
                waiting_part.part_kind = 'whole'
                or (
                    waiting_part.part_kind = scan_pending.part_kind and waiting_part.part = scan_pending.part
                )
            )
    )
