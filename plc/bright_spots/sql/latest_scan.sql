-- The latest scan, and how many different teachers it flagged: counts only.
-- parameters: none
-- columns: scan_key, finished_at, data_version, code_version, options, expected_false_discovery_rate, results, students, sections, teachers, withheld, bright_spots
-- scope: system
select
    scan.scan_key,
    scan.finished_at,
    scan.data_version,
    scan.code_version,
    scan.options,
    scan.expected_false_discovery_rate,
    scan.results,
    scan.students,
    scan.sections,
    scan.teachers,
    scan.withheld,
    (
        select count(distinct scan_finding.teacher_id)
        from scan_finding
        where
            scan_finding.scan_key = scan.scan_key
            and scan_finding.standard_id = ''
            and scan_finding.label in ('early signal', 'bright spot', 'consistent bright spot')
    ) as bright_spots
from scan
order by scan.scan_key desc nulls last
limit 1
