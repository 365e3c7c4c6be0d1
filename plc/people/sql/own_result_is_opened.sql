-- One row when a teacher has seen her own result of the latest scan's school year.
-- parameters: $teacher_id
-- columns: teacher_id
-- scope: self
select opened.teacher_id
from own_result_opened as opened
where
    opened.teacher_id = $teacher_id
    and opened.school_year >= (
        select max(scan_occasion.school_year)
        from scan_occasion
        where scan_occasion.scan_key = (select max(scan.scan_key) from scan)
    )
limit 1
