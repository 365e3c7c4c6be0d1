-- The bright spots of the latest scan among the teachers this viewer may see; figures and how
-- sure a label is only where she may see that teacher's figures, else one word for all: nobody stands before another.
-- parameters: none
-- columns: teacher_id, teacher_name, subject, standard_id, grades, school_years, students, sections, occasions, years, effect, lower_bound, upper_bound, probability, consistency, label, comparison_sections, comparison_teachers, notes, reliability, own_effect, mean_result, mean_expected, exceeds_lowest, numbers_shown, figures_of
-- scope: visible
select
    finding.teacher_id,
    finding.teacher_name,
    finding.subject,
    finding.standard_id,
    finding.grades,
    finding.school_years,
    case when shown.numbers_shown then finding.students end as students,
    case when shown.numbers_shown then finding.sections end as sections,
    case when shown.numbers_shown then finding.occasions end as occasions,
    case when shown.numbers_shown then finding.years end as years,
    case when shown.numbers_shown then finding.effect end as effect,
    case when shown.numbers_shown then finding.lower_bound end as lower_bound,
    case when shown.numbers_shown then finding.upper_bound end as upper_bound,
    case when shown.numbers_shown then finding.probability end as probability,
    case when shown.numbers_shown then finding.consistency end as consistency,
    case when shown.numbers_shown then finding.label else 'bright spot' end as label,
    case when shown.numbers_shown then finding.comparison_sections end as comparison_sections,
    case when shown.numbers_shown then finding.comparison_teachers end as comparison_teachers,
    case when shown.numbers_shown then finding.notes end as notes,
    case when shown.numbers_shown then finding.reliability end as reliability,
    case when shown.numbers_shown then finding.own_effect end as own_effect,
    case when shown.numbers_shown then finding.mean_result end as mean_result,
    case when shown.numbers_shown then finding.mean_expected end as mean_expected,
    finding.exceeds_lowest,
    shown.numbers_shown,
    finding.figures_of
from told_finding as finding
inner join visible_teacher as shown on finding.teacher_id = shown.teacher_id
where finding.label in ('early signal', 'bright spot', 'consistent bright spot')
order by
    finding.subject nulls last,
    finding.teacher_name nulls last,
    finding.teacher_id nulls last,
    finding.standard_id nulls last
