-- What reteaching moved over a team, as it was counted once.
-- parameters: $inquiry_id, $team_ids
-- columns: standard_id, students, moved, told_on
-- scope: team
select reteach_told.standard_id, reteach_told.students, reteach_told.moved, reteach_told.told_on
from reteach_told
inner join inquiry on reteach_told.inquiry_id = inquiry.inquiry_id
where reteach_told.inquiry_id = $inquiry_id and inquiry.team_id in (select unnest($team_ids))
