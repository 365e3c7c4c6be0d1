-- Who of a team opened her results to which other member, within its agreement of today; her own result comes first,
-- so that who has not seen it opens nothing yet.
-- parameters: $team_ids, $team_id, $today
-- columns: reader_teacher_id, teacher_id
-- scope: team
select distinct opened_result.reader_teacher_id, opened_result.teacher_id
from opened_result
where
    opened_result.team_id = $team_id
    and opened_result.team_id in (select unnest($team_ids))
    and opened_result.opened_on <= $today
    and opened_result.agreed_on <= $today
    and opened_result.until_on >= $today
    and (
        opened_result.teacher_id in (select seen_own_result.teacher_id from seen_own_result)
        or not exists (select 1 from scan)
    )
