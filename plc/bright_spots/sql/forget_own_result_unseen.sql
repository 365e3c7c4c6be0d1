-- Drop what teachers had still to see and are told no more.
-- parameters: none
-- columns: none
-- scope: system
delete from own_result_unseen
where
    kind <> 'catching up'
    and not exists (
        select 1
        from told_flag
        where
            told_flag.teacher_id = own_result_unseen.teacher_id
            and told_flag.subject = own_result_unseen.subject
            and told_flag.kind = own_result_unseen.kind
            and told_flag.part = own_result_unseen.part
    )
