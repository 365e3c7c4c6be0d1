-- What an inquiry of the viewer's teams said at each version, the latest first.
-- parameters: $team_ids, $inquiry_id
-- columns: version, wording, written_by, written_at
-- scope: team
select
    wording.version,
    wording.wording,
    coalesce(teacher.name, 'someone of the team') as written_by,
    wording.written_at
from inquiry_wording as wording
inner join inquiry on wording.inquiry_id = inquiry.inquiry_id
left join teacher on wording.written_by = teacher.teacher_id
where inquiry.inquiry_id = $inquiry_id and inquiry.team_id in (select unnest($team_ids))
order by wording.version desc nulls last
