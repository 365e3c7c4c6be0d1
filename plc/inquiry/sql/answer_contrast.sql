-- Answer "do typical classes do it too?" over the version that was read; no row back where someone was faster.
-- parameters: $team_ids, $inquiry_id, $practice_id, $seen, $also_typical, $note
-- columns: version
-- scope: team
update candidate_practice
set version = version + 1, also_typical = $also_typical, contrast_note = $note
where
    inquiry_id = $inquiry_id
    and practice_id = $practice_id
    and version = $seen
    and removed_at is null
    and inquiry_id in (
        select inquiry.inquiry_id
        from inquiry
        where inquiry.team_id in (select unnest($team_ids)) and inquiry.state = 'open'
    )
returning version
