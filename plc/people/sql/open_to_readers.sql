-- Opens a member's result to those of the colleagues she named who are in the agreement.
-- parameters: $team_agreement_id, $teacher_id, $reader_ids, $opened_on
-- columns: none
-- scope: agreement
-- duckdb only: unnest of a list parameter in a subquery
insert into team_agreement_opening (team_agreement_id, teacher_id, reader_teacher_id, opened_on)
select distinct member.team_agreement_id, $teacher_id, member.teacher_id, cast($opened_on as date)
from team_agreement_member as member
where
    member.team_agreement_id = $team_agreement_id
    and member.teacher_id <> $teacher_id
    and member.teacher_id in (select unnest($reader_ids))
