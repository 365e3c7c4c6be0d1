-- What each teacher with a figure in this scan is told from now on: its own or what it took over.
-- parameters: $scan_key, $untold
-- columns: teacher_id, subject, grade, scan_key, from_scan_key, figures_of
-- scope: system
select distinct
    finding.teacher_id,
    finding.subject,
    section.grade,
    finding.scan_key,
    coalesce(carried.from_scan_key, finding.scan_key) as from_scan_key,
    coalesce(carried.figures_of, scan.finished_at) as figures_of
from scan_finding as finding
inner join scan on finding.scan_key = scan.scan_key
inner join teacher on finding.teacher_id = teacher.teacher_id
inner join section_teacher on teacher.teacher_key = section_teacher.teacher_key
inner join section
    on section_teacher.section_key = section.section_key and finding.subject = section.subject
left join scan_carried as carried
    on
        finding.scan_key = carried.scan_key
        and finding.teacher_id = carried.teacher_id
        and finding.subject = carried.subject
        and carried.part_kind = 'whole'
where
    finding.scan_key = $scan_key
    and finding.standard_id = ''
    and finding.label not in (select unnest($untold))
