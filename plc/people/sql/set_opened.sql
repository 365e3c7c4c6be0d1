-- When a member opened her results to her team; null closes them again.
-- parameters: $team_agreement_id, $teacher_id, $opened_on
-- columns: none
-- scope: agreement
update team_agreement_member set opened_on = $opened_on
where team_agreement_id = $team_agreement_id and teacher_id = $teacher_id
