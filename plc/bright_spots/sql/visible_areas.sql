-- Of the bright spots of the latest scan, how many this viewer sees by name, by subject and grade band; her own
-- ($teacher_id), and others' once they have seen it.
-- parameters: $labels, $teacher_id
-- columns: subject, grades, teachers
-- scope: visible
select finding.subject, finding.grade_band as grades, count(distinct finding.teacher_id) as teachers
from scan_finding as finding
inner join visible_teacher as shown on finding.teacher_id = shown.teacher_id
left join own_result_unseen as unseen
    on
        finding.teacher_id = unseen.teacher_id
        and finding.subject = unseen.subject
        and unseen.kind = 'result'
        and unseen.part = ''
        and unseen.teacher_id is distinct from $teacher_id
where
    unseen.teacher_id is null
    and finding.scan_key = (select max(scan.scan_key) from scan)
    and finding.standard_id = ''
    and finding.label in (select unnest($labels))
group by finding.subject, finding.grade_band
order by finding.subject nulls last, grades nulls last
