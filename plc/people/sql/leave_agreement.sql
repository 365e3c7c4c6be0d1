-- Takes one member out of an agreement.
-- parameters: $team_agreement_id, $teacher_id
-- columns: none
-- scope: agreement
delete from team_agreement_member
where team_agreement_id = $team_agreement_id and teacher_id = $teacher_id
