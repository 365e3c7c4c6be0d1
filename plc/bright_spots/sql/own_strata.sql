-- The strata a teacher's own sections are in, as of the scan her figures are of.
-- parameters: $teacher_id
-- columns: subject, stratum, grades, school_years, sections, teachers
-- scope: self
with own as (
    select distinct
        scan_own_section.subject,
        scan_own_section.stratum,
        coalesce(scan_carried.from_scan_key, scan_own_section.scan_key) as scan_key
    from scan_own_section
    left join scan_carried
        on
            scan_own_section.scan_key = scan_carried.scan_key
            and scan_own_section.teacher_id = scan_carried.teacher_id
            and scan_own_section.subject = scan_carried.subject
            and scan_carried.part_kind = 'whole'
    where
        scan_own_section.teacher_id = $teacher_id
        and scan_own_section.scan_key = (select max(scan.scan_key) from scan)
)

select
    scan_stratum.subject,
    scan_stratum.stratum,
    scan_stratum.grades,
    scan_stratum.school_years,
    scan_stratum.sections,
    scan_stratum.teachers
from scan_stratum
inner join own
    on
        scan_stratum.scan_key = own.scan_key
        and scan_stratum.subject = own.subject
        and scan_stratum.stratum = own.stratum
order by scan_stratum.subject nulls last, scan_stratum.stratum nulls last
