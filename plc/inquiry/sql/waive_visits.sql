-- Say why an inquiry goes without both visits, or take that back.
-- parameters: $team_ids, $inquiry_id, $reason
-- columns: inquiry_id
-- scope: team
update inquiry
set visits_waived = $reason
where inquiry_id = $inquiry_id and state = 'open' and team_id in (select unnest($team_ids))
returning inquiry_id
