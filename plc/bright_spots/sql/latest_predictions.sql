-- How well the years before predicted the latest, by subject.
-- parameters: none
-- columns: subject, slope, lower_bound, upper_bound, coverage, sections, reason, start_correlation, start_teachers
-- scope: system
select
    subject,
    slope,
    lower_bound,
    upper_bound,
    coverage,
    sections,
    reason,
    start_correlation,
    start_teachers
from scan_prediction
where scan_key = (select max(scan.scan_key) from scan)
order by subject nulls last
