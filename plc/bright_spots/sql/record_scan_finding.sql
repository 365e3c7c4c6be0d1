-- Keep each teacher's own row and the flagged ones.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_finding (
    scan_key, teacher_id, subject, standard_id, grades, school_years, students, sections, occasions, years, effect,
    sd, lower_bound, upper_bound, probability, consistency, label, comparison_sections, comparison_teachers, notes,
    grade_band, independent_sections, reliability, own_effect, mean_result, mean_expected, deviation
)
select
    $scan_key as scan_key,
    teacher_id,
    subject,
    standard_id,
    grades,
    school_years,
    students,
    sections,
    occasions,
    years,
    effect,
    sd,
    lower,
    upper,
    probability,
    consistency,
    label,
    comparison_sections,
    comparison_teachers,
    notes,
    grade_band,
    independent_sections,
    reliability,
    own_effect,
    mean_result,
    mean_expected,
    deviation
from supplied
