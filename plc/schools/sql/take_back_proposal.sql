-- Take back a proposal, until its host has said yes.
-- parameters: $proposal_id, $proposed_by, $school_ids, $of_district, $now
-- columns: proposal_id
-- scope: school
-- duckdb only: returning
update visit_proposal set taken_back_at = $now
where
    proposal_id = $proposal_id
    and proposed_by = $proposed_by
    and coalesce(owner_answer, 'no') <> 'yes'
    and taken_back_at is null
    and case when $of_district then school_id is null else school_id in (select unnest($school_ids)) end
returning proposal_id
