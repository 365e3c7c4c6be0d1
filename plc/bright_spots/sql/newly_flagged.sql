-- The teachers whom this scan flags in a subject or standard in which they were told of no flag before.
-- parameters: $scan_key, $labels
-- columns: teacher_id
-- scope: system
select distinct finding.teacher_id
from scan_finding as finding
where
    finding.scan_key = $scan_key
    and finding.label in (select unnest($labels))
    and not exists (
        select 1
        from scan_told
        inner join scan_finding as earlier
            on
                scan_told.scan_key = earlier.scan_key
                and scan_told.teacher_id = earlier.teacher_id
                and scan_told.subject = earlier.subject
        where
            earlier.teacher_id = finding.teacher_id
            and earlier.subject = finding.subject
            and earlier.standard_id = finding.standard_id
            and earlier.label in (select unnest($labels))
    )
order by finding.teacher_id nulls last
