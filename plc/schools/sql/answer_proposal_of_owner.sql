-- The owner's answer to a proposed visit; a yes can be taken back until the team has answered.
-- parameters: $proposal_id, $teacher_id, $answer, $today
-- columns: proposal_id
-- scope: self
-- duckdb only: returning
update visit_proposal set owner_answer = $answer, owner_answered_on = $today
where
    proposal_id = $proposal_id
    and owner_teacher_id = $teacher_id
    and taken_back_at is null
    and team_answer is null
    and (owner_answer is null or owner_answer = 'yes')
returning proposal_id
