-- Write down who of the team first looked at the baseline; a later look changes nothing.
-- parameters: $team_ids, $inquiry_id, $by, $on
-- columns: inquiry_id
-- scope: team
update inquiry
set baseline_seen_by = $by, baseline_seen_on = $on
where inquiry_id = $inquiry_id and baseline_seen_on is null and team_id in (select unnest($team_ids))
returning inquiry_id
