-- Move an open inquiry on from the phase that was seen; no row back where someone moved it in the meantime.
-- parameters: $team_ids, $inquiry_id, $phase, $moved_from, $by, $at
-- columns: phase
-- scope: team
update inquiry
set phase = $phase, changed_by = $by, changed_at = $at
where
    inquiry_id = $inquiry_id
    and phase = $moved_from
    and state = 'open'
    and team_id in (select unnest($team_ids))
returning phase
