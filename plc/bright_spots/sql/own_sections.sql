-- A teacher's own sections of the latest scan.
-- parameters: $teacher_id
-- columns: subject, section_id, school_year, grade, share, stratum, students, students_without_start, b1, b2, b3, b4, section_mean, variance_factor, section_effect, section_variance, adjusted_effect, peer_mean
-- scope: self
select
    subject,
    section_id,
    school_year,
    grade,
    share,
    stratum,
    students,
    students_without_start,
    b1,
    b2,
    b3,
    b4,
    section_mean,
    variance_factor,
    section_effect,
    section_variance,
    adjusted_effect,
    peer_mean
from scan_own_section
where teacher_id = $teacher_id and scan_key = (select max(scan.scan_key) from scan)
order by subject nulls last, school_year nulls last, section_id nulls last
