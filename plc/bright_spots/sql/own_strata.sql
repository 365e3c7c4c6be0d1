-- The strata a teacher's own sections are in.
-- parameters: $teacher_id
-- columns: subject, stratum, grades, school_years, sections, teachers
-- scope: self
select
    subject,
    stratum,
    grades,
    school_years,
    sections,
    teachers
from scan_stratum
where
    scan_key = (select max(scan.scan_key) from scan)
    and exists (
        select 1
        from scan_own_section
        where
            scan_own_section.scan_key = scan_stratum.scan_key
            and scan_own_section.teacher_id = $teacher_id
            and scan_own_section.subject = scan_stratum.subject
            and scan_own_section.stratum = scan_stratum.stratum
    )
order by subject nulls last, stratum nulls last
