-- She comes back to what her team agreed, by her own yes.
-- parameters: $team_id, $teacher_id
-- columns: none
-- scope: self
delete from team_agreement_left
where team_id = $team_id and teacher_id = $teacher_id
