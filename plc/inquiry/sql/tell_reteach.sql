-- Counts what reteaching a standard moved over a team, once.
-- parameters: $inquiry_id, $team_ids, $standard_id, $told_on, $students, $moved
-- columns: none
-- scope: team
insert into reteach_told (inquiry_id, standard_id, told_on, students, moved)
select inquiry.inquiry_id, $standard_id, $told_on, $students, $moved
from inquiry
where
    inquiry.inquiry_id = $inquiry_id
    and inquiry.team_id in (select unnest($team_ids))
    and not exists (
        select told.standard_id
        from reteach_told as told
        where told.inquiry_id = $inquiry_id and told.standard_id = $standard_id
    )
