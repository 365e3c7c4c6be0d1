-- The occasions behind bright spots whose numbers this viewer may see; her own at any size, others' from
-- $minimum students on.
-- parameters: $teacher_id, $team_agreement_id, $school_ids, $colleague, $today, $minimum
-- columns: teacher_id, subject, section_id, school_year, assessment_name, taken_on, students, effect, lower_bound, upper_bound
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
    occasion.teacher_id,
    occasion.subject,
    occasion.section_id,
    occasion.school_year,
    occasion.assessment_name,
    occasion.taken_on,
    occasion.students,
    occasion.effect,
    occasion.lower_bound,
    occasion.upper_bound
from scan_occasion as occasion
inner join shown on occasion.teacher_id = shown.teacher_id
inner join scan_finding as finding
    on
        occasion.scan_key = finding.scan_key
        and occasion.teacher_id = finding.teacher_id
        and occasion.subject = finding.subject
where
    occasion.scan_key = (select max(scan.scan_key) from scan)
    and shown.numbers_shown
    and finding.standard_id = ''
    and finding.label in ('early signal', 'bright spot', 'consistent bright spot')
    and (occasion.students >= $minimum or occasion.teacher_id = $teacher_id)
order by
    occasion.teacher_id nulls last,
    occasion.subject nulls last,
    occasion.taken_on nulls last,
    occasion.section_id nulls last
