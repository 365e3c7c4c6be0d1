-- Who of a team opened her results to which other member, within its agreement of today. Her own result comes first:
-- who has not seen it opens nothing yet. Nor does who is in `shut_out`, or read what was opened to her.
-- parameters: $team_ids, $team_id, $today
-- columns: reader_teacher_id, teacher_id
-- scope: team
select distinct reader_teacher_id, teacher_id
from opened_after_own
where
    team_id = $team_id
    and team_id in (select unnest($team_ids))
    and opened_on <= $today
    and agreed_on <= $today
    and until_on >= $today
    and teacher_id not in (select shut_out.teacher_id from shut_out)
    and reader_teacher_id not in (select shut_out.teacher_id from shut_out)
