-- What a team answers to time given or a coach offered; the latest answer counts.
-- parameters: $support_id, $team_ids, $answer, $today
-- columns: support_id
-- scope: team
-- duckdb only: returning
update team_support set answer = $answer, answered_on = $today
where support_id = $support_id and team_id in (select unnest($team_ids)) and taken_back_at is null
returning support_id
