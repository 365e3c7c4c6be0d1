-- Keep what this scan takes over, from which scan's rows and totals, and the moment those figures are of. Where a
-- teacher's subject waits as a whole, its parts wait with it.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_carried
select distinct
    $scan_key as scan_key,
    waiting_part.teacher_id,
    waiting_part.subject,
    waiting_part.part_kind,
    waiting_part.part,
    scan_told.scan_key as rows_scan_key,
    scan_told.from_scan_key,
    scan_told.figures_of
from waiting_part
inner join scan_told
    on waiting_part.teacher_id = scan_told.teacher_id and waiting_part.subject = scan_told.subject
left join scan_finding as standing
    on
        standing.scan_key = $scan_key
        and standing.standard_id = ''
        and waiting_part.teacher_id = standing.teacher_id
        and waiting_part.subject = standing.subject
where
    (standing.teacher_id is not null or waiting_part.teacher_id = '')
    and (
        waiting_part.part_kind = 'whole'
        or not exists (
            select 1
            from waiting_part as whole
            where
                whole.part_kind = 'whole'
                and whole.teacher_id = waiting_part.teacher_id
                and whole.subject = waiting_part.subject
        )
    )
