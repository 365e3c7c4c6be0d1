-- One row when a teacher has seen her own result of the latest scan's school year, and all that was found of her since.
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
    and not exists (
        select 1 from own_result_unseen as unseen where unseen.teacher_id = opened.teacher_id
    )
limit 1
