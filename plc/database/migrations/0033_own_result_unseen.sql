-- What a look or a release newly found of a teacher and she has not seen yet: until then others read of her what
-- they read before, and what she opened to them stays open.

-- `part` is the standard of a result, else empty.
create table own_result_unseen (
    teacher_id varchar not null,
    subject varchar not null,
    kind varchar not null check (kind in ('result', 'started lowest', 'catching up')),
    part varchar not null
);

-- What scans found of teachers that others may be shown by consent.
create view scan_flag as
select scan_finding.scan_key, scan_finding.teacher_id, scan_finding.subject, 'result' as kind, scan_finding.standard_id as part
from scan_finding
where scan_finding.label in ('early signal', 'bright spot', 'consistent bright spot')
union all
select scan_opportunity.scan_key, scan_opportunity.teacher_id, scan_opportunity.subject, 'started lowest' as kind, '' as part
from scan_opportunity
where
    scan_opportunity.student_group = 'started lowest'
    and scan_opportunity.label in ('early signal', 'bright spot', 'consistent bright spot');

-- The same of what each teacher was told last.
create view told_flag as
select distinct scan_flag.teacher_id, scan_flag.subject, scan_flag.kind, scan_flag.part
from scan_told
inner join scan_flag
    on
        scan_told.scan_key = scan_flag.scan_key
        and scan_told.teacher_id = scan_flag.teacher_id
        and scan_told.subject = scan_flag.subject;
