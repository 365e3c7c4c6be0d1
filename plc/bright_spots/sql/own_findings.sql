-- A teacher's own rows of the latest scan, whatever they say.
-- parameters: $teacher_id
-- columns: teacher_id, teacher_name, subject, standard_id, grades, school_years, students, sections, occasions, years, effect, lower_bound, upper_bound, probability, consistency, label, comparison_sections, comparison_teachers, notes, reliability, own_effect, mean_result, mean_expected, numbers_shown
-- scope: self
select
    finding.teacher_id,
    coalesce(teacher.name, finding.teacher_id) as teacher_name,
    finding.subject,
    finding.standard_id,
    finding.grades,
    finding.school_years,
    finding.students,
    finding.sections,
    finding.occasions,
    finding.years,
    finding.effect,
    finding.lower_bound,
    finding.upper_bound,
    finding.probability,
    finding.consistency,
    finding.label,
    finding.comparison_sections,
    finding.comparison_teachers,
    finding.notes,
    finding.reliability,
    finding.own_effect,
    finding.mean_result,
    finding.mean_expected,
    true as numbers_shown
from scan_finding as finding
left join teacher on finding.teacher_id = teacher.teacher_id
where
    finding.teacher_id = $teacher_id
    and finding.scan_key = (select max(scan.scan_key) from scan)
order by finding.subject nulls last, finding.standard_id nulls last
