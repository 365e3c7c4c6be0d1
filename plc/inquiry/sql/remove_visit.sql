-- Take a visit off an inquiry, or put it back.
-- parameters: $team_ids, $visit_id, $removed_at
-- columns: visit_id
-- scope: team
update discovery_visit
set removed_at = $removed_at
where
    visit_id = $visit_id
    and inquiry_id in (select inquiry.inquiry_id from inquiry where inquiry.team_id in (select unnest($team_ids)))
returning visit_id
