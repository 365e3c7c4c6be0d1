-- The bands of the funnel, by subject; as everybody was told it last, while results of too few
-- teachers changed since.
-- parameters: none
-- columns: subject, students, chance_lower, chance_upper, all_lower, all_upper, middle_lower, middle_upper
-- scope: system
select
    told.subject,
    told.students,
    told.chance_lower,
    told.chance_upper,
    told.all_lower,
    told.all_upper,
    told.middle_lower,
    told.middle_upper
from scan_funnel as told
left join carried_subject as carried
    on
        told.subject = carried.subject
        and carried.teacher_id = ''
        and carried.scan_key = (select max(scan.scan_key) from scan)
where told.scan_key = coalesce(carried.from_scan_key, (select max(scan.scan_key) from scan))
order by told.subject nulls last, told.students nulls last
