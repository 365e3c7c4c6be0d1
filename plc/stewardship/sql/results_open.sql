-- Whose result is open to whom by which agreement.
-- parameters: none
-- columns: team_agreement_id, teacher_id, reader_teacher_id
-- scope: system
select team_agreement_id, teacher_id, reader_teacher_id
from opened_result
