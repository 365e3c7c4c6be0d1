-- How well the years before predicted the latest, by subject; as everybody was told it last, while results of too few
-- teachers changed since.
-- parameters: none
-- columns: subject, slope, lower_bound, upper_bound, coverage, sections, reason, start_correlation, start_teachers, figures_of
-- scope: system
select
    told.subject,
    told.slope,
    told.lower_bound,
    told.upper_bound,
    told.coverage,
    told.sections,
    told.reason,
    told.start_correlation,
    told.start_teachers,
    carried.figures_of
from scan_prediction as told
left join carried_subject as carried
    on
        told.subject = carried.subject
        and carried.teacher_id = ''
        and carried.scan_key = (select max(scan.scan_key) from scan)
where told.scan_key = coalesce(carried.from_scan_key, (select max(scan.scan_key) from scan))
order by told.subject nulls last
