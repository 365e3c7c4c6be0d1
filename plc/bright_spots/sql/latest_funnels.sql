-- The bands of the funnel, by subject.
-- parameters: none
-- columns: subject, students, chance_lower, chance_upper, all_lower, all_upper, middle_lower, middle_upper
-- scope: system
select
    subject,
    students,
    chance_lower,
    chance_upper,
    all_lower,
    all_upper,
    middle_lower,
    middle_upper
from scan_funnel
where scan_key = (select max(scan.scan_key) from scan)
order by subject nulls last, students nulls last
