-- A teacher's own rows of the latest scan, whatever they say.
-- parameters: $teacher_id
-- columns: teacher_id, teacher_name, subject, standard_id, grades, school_years, students, sections, occasions, years, effect, lower_bound, upper_bound, probability, consistency, label, comparison_sections, comparison_teachers, notes, reliability, own_effect, mean_result, mean_expected, exceeds_lowest, numbers_shown, figures_of
-- scope: self
select
    *,
    true as numbers_shown
from told_finding
where teacher_id = $teacher_id
order by subject nulls last, standard_id nulls last
