-- Change or close one's own decision, if nobody changed it since it was read.
-- parameters: $decision_id, $school_ids, $of_district, $made_by, $seen_version, $words, $due_on, $state, $closed_on
-- columns: decision_id
-- scope: school
-- duckdb only: returning
update leader_decision
set
    words = coalesce($words, words),
    due_on = coalesce($due_on, due_on),
    state = $state,
    closed_on = $closed_on,
    version = version + 1
where
    decision_id = $decision_id
    and made_by = $made_by
    and version = $seen_version
    and case when $of_district then school_id is null else school_id in (select unnest($school_ids)) end
returning decision_id
