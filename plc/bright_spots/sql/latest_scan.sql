-- The latest scan: what it looked at, and nothing of whom it flagged.
-- parameters: none
-- columns: scan_key, finished_at, data_version, code_version, options, results, students, sections, teachers, withheld
-- scope: system
select
    scan.scan_key,
    scan.finished_at,
    scan.data_version,
    scan.code_version,
    scan.options,
    scan.results,
    scan.students,
    scan.sections,
    scan.teachers,
    scan.withheld
from scan
order by scan.scan_key desc nulls last
limit 1
