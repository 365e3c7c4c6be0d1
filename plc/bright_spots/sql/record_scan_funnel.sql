-- Keep the bands of the funnel.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_funnel (
    scan_key, subject, students, chance_lower, chance_upper, all_lower, all_upper, middle_lower, middle_upper
)
select
    $scan_key as scan_key,
    subject,
    students,
    chance_lower,
    chance_upper,
    all_lower,
    all_upper,
    middle_lower,
    middle_upper
from supplied
