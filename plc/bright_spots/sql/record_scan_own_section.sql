-- Keep each teacher's own sections with what their effects are made of.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_own_section (
    scan_key, teacher_id, subject, section_id, school_year, grade, share, stratum, students,
    students_without_start, b1, b2, b3, b4, section_mean, variance_factor, section_effect, section_variance,
    adjusted_effect, peer_mean
)
select
    $scan_key as scan_key,
    teacher_id,
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
from supplied
