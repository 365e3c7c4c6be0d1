-- The strata a teacher's own sections are in, as of the scan her figures are of.
-- parameters: $teacher_id
-- columns: subject, stratum, grades, school_years, sections, teachers
-- scope: self
select
    scan_stratum.subject,
    scan_stratum.stratum,
    scan_stratum.grades,
    scan_stratum.school_years,
    scan_stratum.sections,
    scan_stratum.teachers
from scan_stratum
inner join (
    select distinct subject, stratum, totals_scan_key
    from told_section
    where teacher_id = $teacher_id
) as own
    on
        scan_stratum.scan_key = own.totals_scan_key
        and scan_stratum.subject = own.subject
        and scan_stratum.stratum = own.stratum
order by scan_stratum.subject nulls last, scan_stratum.stratum nulls last
