-- The bright spots of the latest scan that this viewer may see by name: her own, those opened within her
-- team's agreement, and those whose teachers consented to a scope she is in. Numbers come along for the
-- teacher, her team, and ($colleague) teachers of her school; everyone else reads the name and the label.
-- parameters: $teacher_id, $team_agreement_id, $school_ids, $colleague, $today
-- columns: teacher_id, teacher_name, subject, standard_id, grades, school_years, students, sections, occasions, years, effect, lower_bound, upper_bound, probability, consistency, label, comparison_sections, comparison_teachers, notes, reliability, own_effect, mean_result, mean_expected, exceeds_lowest, numbers_shown
-- scope: consent
with viewer_school as (
    select cast(unnest($school_ids) as varchar) as school_id
    union
    select school.school_id
    from section_teacher
    inner join teacher on section_teacher.teacher_key = teacher.teacher_key
    inner join section on section_teacher.section_key = section.section_key
    inner join school on section.school_key = school.school_key
    where teacher.teacher_id = $teacher_id
),

near_teacher as (
    select distinct teacher.teacher_id
    from section_teacher
    inner join teacher on section_teacher.teacher_key = teacher.teacher_key
    inner join section on section_teacher.section_key = section.section_key
    inner join school on section.school_key = school.school_key
    inner join viewer_school on school.school_id = viewer_school.school_id
),

team_member as (
    select member.teacher_id, member.opened_on
    from team_agreement as agreement
    inner join team_agreement_member as member on agreement.team_agreement_id = member.team_agreement_id
    inner join team_agreement_member as viewer on agreement.team_agreement_id = viewer.team_agreement_id
    where
        agreement.team_agreement_id = $team_agreement_id
        and agreement.agreed_on <= $today
        and agreement.until_on >= $today
        and viewer.teacher_id = $teacher_id
),

consenting as (
    select teacher_id, scope
    from consent
    where name_shown and withdrawn_on is null and given_on <= $today and until_on >= $today
),

allowed as (
    select cast($teacher_id as varchar) as teacher_id, true as numbers_shown
    where cast($teacher_id as varchar) is not null
    union all
    select teacher_id, true as numbers_shown from team_member where opened_on <= $today
    union all
    select consenting.teacher_id, true as numbers_shown
    from consenting
    inner join team_member on consenting.teacher_id = team_member.teacher_id
    where consenting.scope = 'team'
    union all
    select consenting.teacher_id, cast($colleague as boolean) as numbers_shown
    from consenting
    inner join near_teacher on consenting.teacher_id = near_teacher.teacher_id
    where consenting.scope in ('school', 'district')
    union all
    select teacher_id, false as numbers_shown from consenting where scope = 'district'
),

shown as (
    select teacher_id, bool_or(numbers_shown) as numbers_shown
    from allowed
    group by teacher_id
)

select
    finding.teacher_id,
    coalesce(teacher.name, finding.teacher_id) as teacher_name,
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
    finding.label,
    case when shown.numbers_shown then finding.comparison_sections end as comparison_sections,
    case when shown.numbers_shown then finding.comparison_teachers end as comparison_teachers,
    case when shown.numbers_shown then finding.notes end as notes,
    case when shown.numbers_shown then finding.reliability end as reliability,
    case when shown.numbers_shown then finding.own_effect end as own_effect,
    case when shown.numbers_shown then finding.mean_result end as mean_result,
    case when shown.numbers_shown then finding.mean_expected end as mean_expected,
    lowest.label is not null as exceeds_lowest,
    shown.numbers_shown
from scan_finding as finding
inner join shown on finding.teacher_id = shown.teacher_id
left join teacher on finding.teacher_id = teacher.teacher_id
left join scan_opportunity as lowest
    on
        finding.scan_key = lowest.scan_key
        and finding.teacher_id = lowest.teacher_id
        and finding.subject = lowest.subject
        and lowest.student_group = 'started lowest'
        and lowest.label in ('early signal', 'bright spot', 'consistent bright spot')
where
    finding.scan_key = (select max(scan.scan_key) from scan)
    and finding.label in ('early signal', 'bright spot', 'consistent bright spot')
order by finding.subject nulls last, teacher_name nulls last, finding.teacher_id nulls last, finding.standard_id nulls last
