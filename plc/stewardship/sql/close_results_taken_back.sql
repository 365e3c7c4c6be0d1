-- Close every result that is not open in `supplied`: its teacher, or who left, took it back since.
-- parameters: none
-- columns: none
-- scope: system
delete from team_agreement_opening
where
    not exists (
        select 1 as found
        from supplied
        where
            supplied.team_agreement_id = team_agreement_opening.team_agreement_id
            and supplied.teacher_id = team_agreement_opening.teacher_id
            and supplied.reader_teacher_id = team_agreement_opening.reader_teacher_id
    )
