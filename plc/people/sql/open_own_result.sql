-- Notes that a teacher has seen her own result of the latest scan's school year, once a year.
-- parameters: $teacher_id, $opened_at
-- columns: none
-- scope: self
insert into own_result_opened (teacher_id, school_year, opened_at)
select $teacher_id, shown.school_year, $opened_at
from (
    select max(scan_occasion.school_year) as school_year
    from scan_occasion
    where scan_occasion.scan_key = (select max(scan.scan_key) from scan)
) as shown
where
    shown.school_year is not null
    and not exists (
        select opened.teacher_id
        from own_result_opened as opened
        where opened.teacher_id = $teacher_id and opened.school_year = shown.school_year
    )
