-- Joins that several statements repeat, said once. No view decides who may read: each statement binds its scope.

-- Who teaches each class, and how much of it.
create view taught_class as
select
    teacher.teacher_id,
    coalesce(teacher.name, teacher.teacher_id) as teacher_name,
    section_teacher.share,
    section.section_key,
    section.section_id,
    section.subject,
    section.grade,
    section.school_year,
    section.school_key
from section_teacher
inner join teacher on section_teacher.teacher_key = teacher.teacher_key
inner join section on section_teacher.section_key = section.section_key;

-- Who wrote each practice card; its owner may be noted as a co-author too.
create view card_author as
select author.practice_id, author.teacher_id, bool_or(author.is_owner) as is_owner
from (
    select practice_id, owner_teacher_id as teacher_id, true as is_owner
    from practice
    where owner_teacher_id is not null
    union all
    select practice_id, teacher_id, false as is_owner
    from practice_author
    where left_at is null
) as author
group by author.practice_id, author.teacher_id;

-- The cards beside which every author's name may stand; whose reach ended is for the statement to ask.
create view signed_card as
select card_author.practice_id
from card_author
left join
    practice_consent as decision
    on card_author.practice_id = decision.practice_id
    and card_author.teacher_id = decision.teacher_id
    and decision.withdrawn_at is null
    and decision.name_shown = 'name'
group by card_author.practice_id
having bool_and(decision.practice_id is not null);

-- The figures of a subject that a scan took over from an earlier one as a whole.
create view carried_subject as
select scan_key, teacher_id, subject, from_scan_key, figures_of
from scan_carried
where part_kind = 'whole';

-- What the latest scan says of each teacher, and of when her figures are where she keeps earlier ones.
create view told_finding as
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
left join carried_subject as carried
    on
        finding.scan_key = carried.scan_key
        and finding.teacher_id = carried.teacher_id
        and finding.subject = carried.subject
where finding.scan_key = (select max(scan.scan_key) from scan);

-- Each class a teacher has a figure of, and from which scan's totals that is made.
create view told_section as
select
    own.teacher_id,
    own.subject,
    own.stratum,
    coalesce(carried.from_scan_key, own.scan_key) as totals_scan_key
from scan_own_section as own
left join carried_subject as carried
    on
        own.scan_key = carried.scan_key
        and own.teacher_id = carried.teacher_id
        and own.subject = carried.subject
where own.scan_key = (select max(scan.scan_key) from scan);

-- Results opened within a team whose teacher has seen her own first; before the first scan there is none to see.
create view opened_after_own as
select
    opened_result.team_agreement_id,
    opened_result.team_id,
    opened_result.teacher_id,
    opened_result.reader_teacher_id,
    opened_result.opened_on,
    opened_result.agreed_on,
    opened_result.until_on
from opened_result
where
    opened_result.teacher_id in (select seen_own_result.teacher_id from seen_own_result)
    or not exists (select 1 from scan);
