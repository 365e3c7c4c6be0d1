-- Drop what teachers had still to see of their students who catch up and are told no more.
-- parameters: none
-- columns: none
-- scope: system
delete from own_result_unseen
where
    kind = 'catching up'
    and not exists (
        select 1
        from own_catch_up
        where
            own_catch_up.exceeds
            and own_catch_up.teacher_id = own_result_unseen.teacher_id
            and own_catch_up.subject = own_result_unseen.subject
    )
