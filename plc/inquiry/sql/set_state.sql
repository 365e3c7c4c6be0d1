-- Finish, abandon or reopen an inquiry from the state that was seen.
-- parameters: $team_ids, $inquiry_id, $seen, $state, $reason, $by, $at
-- columns: state
-- scope: team
update inquiry
set state = $state, state_reason = $reason, changed_by = $by, changed_at = $at
where inquiry_id = $inquiry_id and state = $seen and team_id in (select unnest($team_ids))
returning state
