-- What made-up teachers opened is open to everybody of their agreement: each was in it from its first day.
-- parameters: none
-- columns: none
-- scope: system
insert into team_agreement_opening (team_agreement_id, teacher_id, reader_teacher_id, opened_on)
select opener.team_agreement_id, opener.teacher_id, reader.teacher_id, opener.opened_on
from team_agreement_member as opener
inner join team_agreement_member as reader on opener.team_agreement_id = reader.team_agreement_id
where opener.opened_on is not null and reader.teacher_id <> opener.teacher_id
