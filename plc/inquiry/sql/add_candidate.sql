-- Consider a practice in an inquiry of the viewer's teams.
-- parameters: $team_ids, $inquiry_id, $practice_id, $by, $at
-- columns: none
-- scope: team
insert into candidate_practice (
    inquiry_id, practice_id, version, also_typical, contrast_note, added_by, added_at
)
select inquiry.inquiry_id, $practice_id, 1, 'not asked', '', $by, $at
from inquiry
where
    inquiry.inquiry_id = $inquiry_id
    and inquiry.team_id in (select unnest($team_ids))
    and inquiry.state = 'open'
