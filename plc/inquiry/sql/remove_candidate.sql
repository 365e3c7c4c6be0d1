-- Take a practice off an inquiry, or put it back.
-- parameters: $team_ids, $inquiry_id, $practice_id, $removed_at
-- columns: practice_id
-- scope: team
update candidate_practice
set removed_at = $removed_at
where
    inquiry_id = $inquiry_id
    and practice_id = $practice_id
    and inquiry_id in (
        select inquiry.inquiry_id
        from inquiry
        where inquiry.team_id in (select unnest($team_ids)) and inquiry.state = 'open'
    )
returning practice_id
