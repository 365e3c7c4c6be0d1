-- A team's answer to a visit whose host said yes.
-- parameters: $proposal_id, $team_ids, $answer, $today
-- columns: proposal_id
-- scope: team
-- duckdb only: returning
update visit_proposal set team_answer = $answer, team_answered_on = $today
where
    proposal_id = $proposal_id
    and team_id in (select unnest($team_ids))
    and owner_answer = 'yes'
    and taken_back_at is null
returning proposal_id
