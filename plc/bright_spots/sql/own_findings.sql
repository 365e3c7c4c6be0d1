-- A teacher's own rows of the latest scan, whatever they say.
-- parameters: $teacher_id
-- columns: teacher_id, teacher_name, subject, standard_id, grades, school_years, students, sections, occasions, years, effect, lower_bound, upper_bound, probability, consistency, label, comparison_sections, comparison_teachers, notes, reliability, own_effect, mean_result, mean_expected, exceeds_lowest, numbers_shown, figures_of
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
    lowest.label is not null as exceeds_lowest,
    true as numbers_shown,
    carried.figures_of
from scan_finding as finding
left join teacher on finding.teacher_id = teacher.teacher_id
left join scan_opportunity as lowest
    on
        finding.scan_key = lowest.scan_key
        and finding.teacher_id = lowest.teacher_id
        and finding.subject = lowest.subject
        and lowest.student_group = 'started lowest'
        and lowest.label in ('early signal', 'bright spot', 'consistent bright spot')
left join scan_carried as carried
    on
        finding.scan_key = carried.scan_key
        and finding.teacher_id = carried.teacher_id
        and finding.subject = carried.subject
        and carried.part_kind = 'whole'
where
    finding.teacher_id = $teacher_id
    and finding.scan_key = (select max(scan.scan_key) from scan)
order by finding.subject nulls last, finding.standard_id nulls last
