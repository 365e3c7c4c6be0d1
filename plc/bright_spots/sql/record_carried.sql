-- Keep what this scan takes over from the one before, and the moment those figures are of. Where a teacher's
-- subject waits as a whole, its parts wait with it.
-- parameters: $scan_key, $before_key
-- columns: none
-- scope: system
insert into scan_carried
select
    $scan_key as scan_key,
    waiting_part.teacher_id,
    waiting_part.subject,
    waiting_part.part_kind,
    waiting_part.part,
    coalesce(earlier.from_scan_key, $before_key) as from_scan_key,
    coalesce(earlier.figures_of, scan.finished_at) as figures_of
from waiting_part
inner join scan on scan.scan_key = $before_key
left join scan_carried as earlier
    on
        earlier.scan_key = $before_key
        and waiting_part.teacher_id = earlier.teacher_id
        and waiting_part.subject = earlier.subject
        and (
            (waiting_part.part_kind = earlier.part_kind and waiting_part.part = earlier.part)
            or earlier.part_kind = 'whole'
        )
where
    waiting_part.part_kind = 'whole'
    or not exists (
        select 1
        from waiting_part as whole
        where
            whole.part_kind = 'whole'
            and whole.teacher_id = waiting_part.teacher_id
            and whole.subject = waiting_part.subject
    )
