-- Keep how well the years before predict the latest.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_prediction (
    scan_key, subject, slope, lower_bound, upper_bound, coverage, sections, reason, start_correlation,
    start_teachers
)
select
    $scan_key as scan_key,
    subject,
    slope,
    supplied.lower as lower_bound,
    supplied.upper as upper_bound,
    coverage,
    sections,
    reason,
    start_correlation,
    start_teachers
from supplied
