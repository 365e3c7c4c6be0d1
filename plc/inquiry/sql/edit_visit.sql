-- Write down what was seen on a visit, over the version that was read; no row back where someone was faster.
-- parameters: $team_ids, $visit_id, $seen, $held_on, $look_fors, $notes
-- columns: version
-- scope: team
update discovery_visit
set version = version + 1, held_on = $held_on, look_fors = $look_fors, notes = $notes
where
    visit_id = $visit_id
    and version = $seen
    and removed_at is null
    and inquiry_id in (select inquiry.inquiry_id from inquiry where inquiry.team_id in (select unnest($team_ids)))
returning version
