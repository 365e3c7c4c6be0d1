-- Forget the changes that figures were made anew for, and those of parts that a teacher was told nothing of yet:
-- what she reads of them now is made with these changes.
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
                (
                    waiting_part.part_kind = 'whole'
                    and exists (
                        select 1
                        from read_before
                        where
                            read_before.teacher_id = scan_pending.teacher_id
                            and read_before.subject = scan_pending.subject
                            and read_before.part_kind = scan_pending.part_kind
                            and read_before.part = scan_pending.part
                    )
                )
                or (
                    waiting_part.part_kind = scan_pending.part_kind and waiting_part.part = scan_pending.part
                )
            )
    )
