-- Takes back what a member opened to colleagues within an agreement.
-- parameters: $team_agreement_id, $teacher_id
-- columns: none
-- scope: agreement
delete from team_agreement_opening
where team_agreement_id = $team_agreement_id and teacher_id = $teacher_id
