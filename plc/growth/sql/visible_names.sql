-- Teachers whose name the viewer may see: by consent in force for the district, for her school, or for
-- a team she shares an agreement with. In the order of their names, which says nothing of results.
-- parameters: $today, $school_ids, $team_agreement_id
-- columns: teacher_id, name
-- scope: consent
with decision as (
    select
        teacher_id,
        scope,
        name_shown,
        row_number() over (partition by teacher_id, scope order by given_on desc, consent_id desc) as newest
    from consent
    where withdrawn_on is null and given_on <= $today and until_on >= $today
),
shown as (
    select teacher_id, scope from decision where newest = 1 and name_shown
),
located as (
    select distinct teacher.teacher_id, school.school_id
    from teacher
    join section_teacher on section_teacher.teacher_key = teacher.teacher_key
    join section on section.section_key = section_teacher.section_key
    join school on school.school_key = section.school_key
),
allowed as (
    select teacher_id from shown where scope = 'district'
    union
    select shown.teacher_id
    from shown
    join located on located.teacher_id = shown.teacher_id
    where shown.scope = 'school' and located.school_id in (select unnest($school_ids))
    union
    select team_agreement_member.teacher_id
    from team_agreement_member
    join team_agreement
        on team_agreement.team_agreement_id = team_agreement_member.team_agreement_id
    where
        team_agreement.team_agreement_id = $team_agreement_id
        and team_agreement.until_on >= $today
        and team_agreement_member.opened_on <= $today
)
select teacher.teacher_id, coalesce(teacher.name, teacher.teacher_id) as name
from teacher
join allowed on allowed.teacher_id = teacher.teacher_id
order by name nulls last, teacher.teacher_id nulls last
