-- Where bright spots gather, without names, only where enough teachers stand behind the count.
-- parameters: $minimum
-- columns: subject, grades, teachers
-- scope: system
select subject, grade_band as grades, count(distinct teacher_id) as teachers
from scan_finding
where
    scan_key = (select max(scan.scan_key) from scan)
    and standard_id = ''
    and label in ('early signal', 'bright spot', 'consistent bright spot')
group by subject, grade_band
having count(distinct teacher_id) >= $minimum
order by subject nulls last, grades nulls last
