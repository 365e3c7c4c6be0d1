-- What each teacher with a figure in this scan is told from now on: its own or what it took over.
-- parameters: $scan_key, $untold
-- columns: teacher_id, subject, grade, scan_key, from_scan_key, figures_of
-- scope: system
select distinct
    finding.teacher_id,
    finding.subject,
    taught_class.grade,
    finding.scan_key,
    coalesce(carried.from_scan_key, finding.scan_key) as from_scan_key,
    coalesce(carried.figures_of, scan.finished_at) as figures_of
from scan_finding as finding
inner join scan on finding.scan_key = scan.scan_key
inner join taught_class
    on finding.teacher_id = taught_class.teacher_id and finding.subject = taught_class.subject
left join carried_subject as carried
    on
        finding.scan_key = carried.scan_key
        and finding.teacher_id = carried.teacher_id
        and finding.subject = carried.subject
where
    finding.scan_key = $scan_key
    and finding.standard_id = ''
    and finding.label not in (select unnest($untold))
