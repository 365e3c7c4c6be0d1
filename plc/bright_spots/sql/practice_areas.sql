-- Where bright spots gather, without names: only teachers whom the viewer does not see by name are counted,
-- and only where enough of them stand behind the count, so that no name can be worked out of it.
-- parameters: $minimum
-- columns: subject, grades, teachers
-- scope: visible
select finding.subject, finding.grade_band as grades, count(distinct finding.teacher_id) as teachers
from scan_finding as finding
left join visible_teacher as shown on finding.teacher_id = shown.teacher_id
where
    finding.scan_key = (select max(scan.scan_key) from scan)
    and finding.standard_id = ''
    and finding.label in ('early signal', 'bright spot', 'consistent bright spot')
    and shown.teacher_id is null
group by finding.subject, finding.grade_band
having count(distinct finding.teacher_id) >= $minimum
order by finding.subject nulls last, grades nulls last
