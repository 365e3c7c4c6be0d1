-- The bright spots of the latest scan, for counting them.
-- parameters: $labels
-- columns: teacher_id, teacher_key, subject, grades
-- scope: system
select finding.teacher_id, teacher.teacher_key, finding.subject, finding.grade_band as grades
from scan_finding as finding
inner join teacher on finding.teacher_id = teacher.teacher_id
where
    finding.scan_key = (select max(scan.scan_key) from scan)
    and finding.standard_id = ''
    and finding.label in (select unnest($labels))
order by finding.subject nulls last, finding.teacher_id nulls last
