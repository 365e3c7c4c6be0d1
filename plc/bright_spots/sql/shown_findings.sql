-- The bright spots of the latest scan among the teachers this viewer may see. Figures, standards, that it holds for
-- those who started lowest and how sure a label is only where she may see that teacher's figures; else one row and
-- one word for all: nobody stands before another. What is not the viewer's own ($teacher_id) waits until its teacher
-- has seen it herself.
-- parameters: $teacher_id
-- columns: teacher_id, teacher_name, subject, standard_id, grades, school_years, students, sections, occasions, years, effect, lower_bound, upper_bound, probability, consistency, label, comparison_sections, comparison_teachers, notes, reliability, own_effect, mean_result, mean_expected, exceeds_lowest, numbers_shown, figures_of
-- scope: visible
with unseen as (
    select teacher_id, subject, kind, part from own_result_unseen where teacher_id is distinct from $teacher_id
),

readable as (
    select
        finding.*,
        shown.numbers_shown,
        lowest.teacher_id is null as lowest_is_seen,
        row_number() over (
            partition by finding.teacher_id, finding.subject
            order by finding.standard_id nulls last
        ) as place
    from told_finding as finding
    inner join visible_teacher as shown on finding.teacher_id = shown.teacher_id
    left join unseen
        on
            finding.teacher_id = unseen.teacher_id
            and finding.subject = unseen.subject
            and finding.standard_id = unseen.part
            and unseen.kind = 'result'
    left join unseen as lowest
        on
            finding.teacher_id = lowest.teacher_id
            and finding.subject = lowest.subject
            and lowest.kind = 'started lowest'
    where
        finding.label in ('early signal', 'bright spot', 'consistent bright spot')
        and unseen.teacher_id is null
)

select
    teacher_id,
    teacher_name,
    subject,
    case when numbers_shown then standard_id else '' end as standard_id,
    grades,
    school_years,
    case when numbers_shown then students end as students,
    case when numbers_shown then sections end as sections,
    case when numbers_shown then occasions end as occasions,
    case when numbers_shown then years end as years,
    case when numbers_shown then effect end as effect,
    case when numbers_shown then lower_bound end as lower_bound,
    case when numbers_shown then upper_bound end as upper_bound,
    case when numbers_shown then probability end as probability,
    case when numbers_shown then consistency end as consistency,
    case when numbers_shown then label else 'bright spot' end as label,
    case when numbers_shown then comparison_sections end as comparison_sections,
    case when numbers_shown then comparison_teachers end as comparison_teachers,
    case when numbers_shown then notes end as notes,
    case when numbers_shown then reliability end as reliability,
    case when numbers_shown then own_effect end as own_effect,
    case when numbers_shown then mean_result end as mean_result,
    case when numbers_shown then mean_expected end as mean_expected,
    exceeds_lowest and numbers_shown and lowest_is_seen as exceeds_lowest,
    numbers_shown,
    case when numbers_shown then figures_of end as figures_of
from readable
where numbers_shown or place = 1
order by
    subject nulls last,
    teacher_name nulls last,
    teacher_id nulls last,
    standard_id nulls last
